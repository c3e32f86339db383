#include "upstream/verdict.hpp"

#include <boost/asio/error.hpp>

namespace weft {
namespace {

bool is_own_want(const error_code& error) noexcept {
    namespace errc = boost::system::errc;
    return error == errc::too_many_files_open || error == errc::too_many_files_open_in_system ||
           error == errc::not_enough_memory || error == errc::no_buffer_space ||
           error == errc::no_space_on_device || error == errc::address_not_available ||
           error == errc::resource_unavailable_try_again;
}

}  // namespace

FailureKind connect_failure(const error_code& error) noexcept {
    if (error == asio::error::timed_out) return FailureKind::connect_timeout;
    return is_own_want(error) ? FailureKind::unavailable : FailureKind::connection_refused;
}

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
