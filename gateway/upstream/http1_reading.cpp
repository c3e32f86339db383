// The reading half of an exchange.
#include "upstream/http1_exchange.hpp"

namespace weft {

ResponseReader& Http1Exchange::reader() {
    if (!reader_) {
        reader_ = pool_->reader();
        reader_->begin(request_->method, request_->codings);
    }
    return *reader_;
}

Result<Http1Exchange::Pulled> Http1Exchange::pull() {
    while (connection_->readable()) {
        switch (connection_->receive(reader())) {
            case Connection::Receive::some:
                return Pulled::some;
            case Connection::Receive::nothing_yet:
                break;
            case Connection::Receive::ended: {
                const auto end = reader_->on_eof();
                if (end.has_error()) return end.error();
                return Pulled::some;
            }
            case Connection::Receive::broken:
                return Failure{
                    reader_->received_any() ? FailureKind::response_incomplete
                                            : FailureKind::connection_closed};
        }
    }
    connection_->watch_read();
    return Pulled::nothing_yet;
}

Result<const ResponseHead*> Http1Exchange::look_for_head() {
    for (;;) {
        if (reader_ && reader_->received_any()) {
            auto head = reader_->read_head();
            if (head.has_error() || *head != nullptr) return head;
        }
        const auto pulled = pull();
        if (pulled.has_error()) return pulled.error();
        if (*pulled == Pulled::nothing_yet) return nullptr;
    }
}

Result<BodyPart> Http1Exchange::look_for_body() {
    for (;;) {
        auto part = reader_->read_body();
        if (part.has_error() || part->state() != BodyPart::State::need_more) return part;
        const auto pulled = pull();
        if (pulled.has_error()) return pulled.error();
        if (*pulled == Pulled::nothing_yet) return part;
    }
}

Result<const ResponseHead*> Http1Exchange::head() {
    if (ended_) return *ended_;
    if (head_ != nullptr) return head_;
    if (!is_exchanging()) return nullptr;
    const auto found = look_for_head();
    if (found.has_value()) {
        if (*found != nullptr) return take_head(**found);
        if (is_over()) return *ended_;
        return nullptr;
    }
    if (!may_replay(found.error())) return end(found.error());
    connect();
    if (ended_) return *ended_;
    return nullptr;
}

Result<const ResponseHead*> Http1Exchange::take_head(const ResponseHead& head) {
    head_ = &head;
    pool_->ended(connection_->endpoint(), verdict_of(head.status));
    if (request_->max_body) {
        const auto limited = reader_->set_body_limit(*request_->max_body);
        if (limited.has_error()) return end(limited.error());
    }
    return head_;
}

Result<BodyPart> Http1Exchange::body() {
    if (ended_) return *ended_;
    auto part = look_for_body();
    if (part.has_error()) return end(part.error());
    if (part->state() == BodyPart::State::need_more && is_over()) return *ended_;
    if (part->state() == BodyPart::State::end) alarm_.disarm();
    return part;
}

}  // namespace weft
