#include "app/upload.hpp"

#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

#include "async/signal.hpp"

namespace weft {

Awaitable<Result<BodyStart>> hold_back(BodyStream& body) {
    BodyStart start;
    while (!start.whole && start.bytes.size() < held_back) {
        const auto piece = co_await body.next();
        if (piece.has_error()) co_return piece.error();
        start.whole = piece->empty();
        start.bytes += *piece;
    }
    co_return start;
}

class Upload::Running {
  public:
    Running(Executor executor, std::shared_ptr<AwaitedExchange> exchange, BodyStream& body)
        : exchange_{std::move(exchange)}, body_{body}, ended_{executor} {}

    static Awaitable<void> run(std::shared_ptr<Running> self, std::string start) {
        co_await self->pass(std::move(start));
    }

    void on_ended(const std::exception_ptr& bug) {
        if (bug) exchange_->cancel(FailureKind::internal);
        runs_ = false;
        ended_.notify();
    }

    Awaitable<void> end() {
        if (!runs_) co_return;
        exchange_->cancel(FailureKind::client_gone);
        co_await body_.close();
        while (runs_) co_await ended_.wait();
    }

  private:
    // A service that takes no more may still have an answer.
    Awaitable<void> pass(std::string start) {
        std::string_view piece = start;
        while (!piece.empty()) {
            const auto written = co_await exchange_->write(piece);
            if (written.has_error()) co_return;
            const auto next = co_await body_.next();
            if (next.has_error()) co_return exchange_->cancel(next.error().kind());
            piece = *next;
        }
        co_await exchange_->finish();
    }

    const std::shared_ptr<AwaitedExchange> exchange_;
    BodyStream& body_;
    Signal ended_;
    bool runs_ = true;
};

Upload::Upload(
    Executor executor,
    std::shared_ptr<AwaitedExchange> exchange,
    BodyStream& body,
    std::string start
)
    : running_{std::make_shared<Running>(executor, std::move(exchange), body)} {
    asio::co_spawn(
        executor,
        Running::run(running_, std::move(start)),
        [running = running_](const std::exception_ptr& bug) { running->on_ended(bug); }
    );
}

Awaitable<void> Upload::end() { return running_->end(); }

}  // namespace weft
