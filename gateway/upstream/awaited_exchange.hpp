// An exchange as coroutines use it: each function waits until what it is asked for is there.
#pragma once

#include <memory>

#include "async/signal.hpp"
#include "http/body_stream.hpp"
#include "upstream/exchange.hpp"

namespace weft {

// One coroutine reads; the same or another one writes. They do not outlive it.
class AwaitedExchange final : private BodyStream {
  public:
    AwaitedExchange(std::shared_ptr<Exchange> exchange, Executor executor);
    ~AwaitedExchange() override;
    AwaitedExchange(const AwaitedExchange&) = delete;
    AwaitedExchange& operator=(const AwaitedExchange&) = delete;

    void expires_at(TimePoint when) { exchange_->expires_at(when); }
    void never_expires() { exchange_->never_expires(); }

    // Returns when the connection is there: what it does not take at once follows by itself while
    // the answer is read. To be called once.
    Awaitable<Result<void>> send(ExchangeRequest request);

    // A streamed body, piece by piece. Returns when the kernel has taken it.
    Awaitable<Result<void>> write(std::string_view piece);
    Awaitable<Result<void>> finish();

    // May be awaited while another coroutine still writes the request's body.
    Awaitable<Result<const ResponseHead*>> read_head();

    // The next piece of the body as far as it has come: without waiting.
    Result<BodyPart> body_here() { return exchange_->body(); }
    // The body that follows the head. Valid as long as this.
    BodyStream& body() { return *this; }

    // Ends every wait, now and later, with that failure.
    void cancel(FailureKind why);

    ExchangeFacts facts() const noexcept { return exchange_->facts(); }

  private:
    class Waker;

    Awaitable<Result<std::string_view>> next() override;
    Awaitable<Result<void>> room();

    const std::shared_ptr<Exchange> exchange_;
    const std::shared_ptr<Waker> waker_;
};

}  // namespace weft
