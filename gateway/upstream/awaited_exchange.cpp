#include "upstream/awaited_exchange.hpp"

#include <utility>

namespace weft {

// Apart from the AwaitedExchange, because the exchange holds its user.
class AwaitedExchange::Waker final : public ExchangeUser {
  public:
    explicit Waker(Executor executor) : progress{executor}, room{executor} {}

    void on_progress() override {
        progress.notify();
        room.notify();
    }

    // Whoever wakes looks what there is, so that no signal needs to say what has changed.
    Signal progress;  // for the coroutine that sends the head and reads
    Signal room;      // for the coroutine that writes a streamed body
};

AwaitedExchange::AwaitedExchange(std::shared_ptr<Exchange> exchange, Executor executor)
    : exchange_{std::move(exchange)}, waker_{std::make_shared<Waker>(executor)} {}

AwaitedExchange::~AwaitedExchange() = default;

Awaitable<Result<void>> AwaitedExchange::send(ExchangeRequest request) {
    exchange_->send(std::move(request), waker_);
    for (;;) {
        const auto sent = exchange_->is_sent();
        if (sent.has_error()) co_return sent.error();
        if (*sent) co_return Result<void>{};
        co_await waker_->progress.wait();
    }
}

Awaitable<Result<void>> AwaitedExchange::room() {
    for (;;) {
        const auto room = exchange_->has_room();
        if (room.has_error()) co_return room.error();
        if (*room) co_return Result<void>{};
        co_await waker_->room.wait();
    }
}

Awaitable<Result<void>> AwaitedExchange::write(std::string_view piece) {
    const auto before = co_await room();
    if (before.has_error() || piece.empty()) co_return before;
    const auto written = exchange_->write(piece);
    if (written.has_error()) {
        waker_->on_progress();
        co_return written;
    }
    co_return co_await room();
}

Awaitable<Result<void>> AwaitedExchange::finish() {
    const auto before = co_await room();
    if (before.has_error()) co_return before;
    const auto finished = exchange_->finish();
    if (finished.has_error()) {
        waker_->on_progress();
        co_return finished;
    }
    co_return co_await room();
}

Awaitable<Result<const ResponseHead*>> AwaitedExchange::read_head() {
    for (;;) {
        const auto head = exchange_->head();
        if (head.has_value() && *head == nullptr) {
            co_await waker_->progress.wait();
            continue;
        }
        waker_->room.notify();
        co_return head;
    }
}

Awaitable<Result<std::string_view>> AwaitedExchange::next() {
    for (;;) {
        const auto part = exchange_->body();
        if (part.has_error()) co_return part.error();
        if (part->state() == BodyPart::State::end) waker_->room.notify();
        if (part->state() != BodyPart::State::need_more) co_return part->bytes();
        co_await waker_->progress.wait();
    }
}

void AwaitedExchange::cancel(FailureKind why) {
    exchange_->cancel(why);
    waker_->on_progress();
}

}  // namespace weft
