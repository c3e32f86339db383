// The writing half of an exchange whose request body comes piece by piece.
#include "upstream/http1_exchange.hpp"

namespace weft {

Result<bool> Http1Exchange::has_room() {
    if (ended_) return *ended_;
    if (!is_exchanging()) return false;
    if (takes_no_more()) {
        Failure failure{FailureKind::connection_closed};
        return failure.at_upstream(pool_->settings().name);
    }
    if (writer_.flushed()) return true;
    if (is_over()) return *ended_;
    return false;
}

Result<void> Http1Exchange::write(std::string_view piece) {
    if (!writer_.add(piece)) return end(Failure{FailureKind::internal, "body over its length"});
    writer_.flush(*connection_);
    return {};
}

Result<void> Http1Exchange::finish() {
    if (!writer_.end()) return end(Failure{FailureKind::internal, "body under its length"});
    writer_.flush(*connection_);
    return {};
}

// An early answer that refuses the request ends it (RFC 9112 section 9.5). What is wrong with an
// answer is head()'s to say.
bool Http1Exchange::takes_no_more() {
    if (head_ == nullptr) {
        const auto found = look_for_head();
        if (found.has_error()) return true;
        if (*found != nullptr && !take_head(**found)) return true;
    }
    if (writer_.broken()) return true;
    return head_ != nullptr && (head_->status >= 400 || reader_->message_complete());
}

}  // namespace weft
