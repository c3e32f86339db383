// A call whose answer is wanted whole, in memory: what composition makes of an exchange.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "async/types.hpp"
#include "http/whole_answer.hpp"
#include "outcome/record.hpp"
#include "outcome/result.hpp"
#include "upstream/exchange.hpp"
#include "upstream/upstream.hpp"

namespace weft {

// Its exchange is a buffered one, with an answer that is not coded and that is limited by the
// upstream, too.
class CallRequest : public ExchangeRequest {
  public:
    TimePoint started{};  // when it was made, for its record; nothing: when it goes out
    TimePoint deadline{};
    bool ends_by_route =
        false;  // passing the deadline is FailureKind::deadline, whatever it was waiting for
    bool body_used = true;  // false: the body is read and dropped
    // False: those of a success (2xx) whose body's length is known, and not 0, may be left out.
    bool fields_used = true;
    // The client's request it is made for: calls of one take turns with those of others.
    const void* made_for = nullptr;

    CallRequest() = default;  // no aggregate, because it travels through coroutines
};

using CallAnswer = WholeAnswer;

// Takes the end of a call. `step` of the record is the receiver's to fill.
using CallCompletion = std::function<void(Result<CallAnswer>&&, CallRecord&&)>;

// A call on its way, as whoever carries it out sees it: one exchange, or a layer around others.
class RunningCall {
  public:
    virtual ~RunningCall() = default;

    // As Call::cancel(). The completion, with all it holds, is destroyed before this returns.
    virtual std::optional<CallRecord> cancel() = 0;
};

// A call that has been started. Letting go of it does not stop the call.
class Call {
  public:
    Call() = default;
    explicit Call(std::weak_ptr<RunningCall> running) : running_{std::move(running)} {}

    // Stops the call at once: its completion is not called any more. Returns its record, or nothing
    // if it had ended.
    std::optional<CallRecord> cancel();

  private:
    std::weak_ptr<RunningCall> running_;
};

// The one type of all that carries out calls, which layers wrap. Never calls the completion before
// it has returned, and calls it exactly once unless the call is cancelled.
using StartCall = std::function<Call(CallRequest, CallCompletion)>;

// A StartCall that is one exchange. The Upstream need not outlive the call.
Call start_call(Upstream& upstream, CallRequest&& request, CallCompletion&& completion);

}  // namespace weft
