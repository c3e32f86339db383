// The writing half of an exchange whose request body comes piece by piece.
#include "upstream/http1_exchange.hpp"

namespace weft {

Awaitable<Result<void>> Http1Exchange::write(std::string_view piece) {
    const auto before = co_await flushed();
    if (before.has_error() || piece.empty()) co_return before;
    if (!writer_.add(piece)) co_return end(Failure{FailureKind::internal, "body over its length"});
    writer_.flush(*connection_);
    co_return co_await flushed();
}

Awaitable<Result<void>> Http1Exchange::finish() {
    const auto before = co_await flushed();
    if (before.has_error()) co_return before;
    if (!writer_.end()) co_return end(Failure{FailureKind::internal, "body under its length"});
    writer_.flush(*connection_);
    co_return co_await flushed();
}

Awaitable<Result<void>> Http1Exchange::flushed() {
    for (;;) {
        if (ended_) co_return *ended_;
        if (takes_no_more()) {
            Failure failure{FailureKind::connection_closed};
            co_return failure.at_upstream(pool_->settings().name);
        }
        if (writer_.flushed()) co_return Result<void>{};
        if (!is_over()) co_await room_.wait();
    }
}

// An early answer that refuses the request ends it (RFC 9112 section 9.5). While nobody reads, it
// is looked for here; what is wrong with it is read_head()'s to say.
bool Http1Exchange::takes_no_more() {
    if (!reading_ && head_ == nullptr) {
        const auto head = look_for_head();
        if (head.has_error()) return true;
        head_ = *head;
    }
    if (writer_.broken()) return true;
    return head_ != nullptr && (head_->status >= 400 || connection_->reader().message_complete());
}

}  // namespace weft
