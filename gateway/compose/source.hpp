// The door between a composition and whatever answers its steps. HTTP upstreams are one source,
// wired in app/; a test's table is another; a view's local replica will be a third.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "async/time.hpp"
#include "http/fields.hpp"
#include "http/message.hpp"
#include "http/whole_answer.hpp"
#include "outcome/result.hpp"
#include "plan/plan.hpp"

namespace weft {

// One call, rendered: nothing in it is a template any more.
class StepCall {
  public:
    // Not defaulted: that would clear all of it before it is filled, whenever one is made in place.
    StepCall() {}

    StepIndex step = 0;
    UpstreamIndex upstream = 0;
    Method method = Method::get;
    bool ends_by_route =
        false;  // the route's deadline is the smallest: passing it is FailureKind::deadline
    bool body_used = true;            // false: the source may drop the body
    std::string target;               // origin-form
    std::vector<OwnedField> headers;  // the step's own; the source adds its fixed set
    std::string body;
    TimePoint started{};
    TimePoint deadline{};  // the smallest of step, upstream and what is left of the route
};

using StepResult = WholeAnswer;

// Takes the call's end. Small enough to be stored without an allocation: capture two words at most.
using Completion = std::function<void(Result<StepResult>&&)>;

// Stops a call. Its completion is not called after that. Harmless once the call has ended; may be
// empty. As small as a completion.
using CancelHandle = std::function<void()>;

class Source {
  public:
    virtual ~Source() = default;
    // Never calls `completion` before it has returned.
    virtual CancelHandle start(StepCall&& call, Completion completion) = 0;
};

}  // namespace weft
