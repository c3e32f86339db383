#include "upstream/verdict.hpp"

namespace weft {

Verdict verdict_of(std::uint16_t status) noexcept {
    return status < 500 ? Verdict::good : Verdict::bad;
}

Verdict verdict_of(FailureKind kind) noexcept {
    switch (kind) {
        case FailureKind::connection_refused:
        case FailureKind::connect_timeout:
            return Verdict::not_connected;
        case FailureKind::connection_closed:
        case FailureKind::response_incomplete:
        case FailureKind::read_timeout:
        case FailureKind::write_timeout:
        case FailureKind::deadline:
        case FailureKind::protocol:
        case FailureKind::transfer_coding:
        case FailureKind::content_coding:
            return Verdict::bad;
        // It answered; that we do not take so much is our limit.
        case FailureKind::response_head_too_large:
        case FailureKind::response_body_too_large:
            return Verdict::good;
        default:
            return Verdict::none;
    }
}

}  // namespace weft
