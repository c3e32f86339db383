#include "upstream/retry_rule.hpp"

#include <algorithm>
#include <charconv>

namespace weft {
namespace {

constexpr int most_backoff = 10;  // times the first

// The request may have been lost on its way; more of the same would not make another end better.
bool may_be_chance(FailureKind kind) noexcept {
    switch (kind) {
        case FailureKind::connection_refused:
        case FailureKind::connect_timeout:
        case FailureKind::connection_closed:
        case FailureKind::response_incomplete:
        case FailureKind::read_timeout:
        case FailureKind::write_timeout:
            return true;
        default:
            return false;
    }
}

}  // namespace

bool may_try_again(
    const RetryPolicy& policy, const CallRequest& request, const Result<CallAnswer>& end
) {
    if (!is_idempotent(request.method) && !request.has_idempotency_key) return false;
    if (end.has_error()) return may_be_chance(end.error().kind());
    return std::ranges::find(policy.statuses, end->status) != policy.statuses.end();
}

Duration asked_rest(const CallAnswer& answer) {
    const auto field = std::ranges::find_if(answer.fields, [](const OwnedField& it) {
        return equal_ignoring_case(it.name(), "Retry-After");
    });
    if (field == answer.fields.end()) return Duration::zero();
    std::uint32_t seconds = 0;
    const auto* const end = field->value().data() + field->value().size();
    const auto read = std::from_chars(field->value().data(), end, seconds);
    if (read.ec != std::errc{} || read.ptr != end) return Duration::max();
    return std::chrono::seconds{seconds};
}

Duration backoff(const RetryPolicy& policy, std::uint32_t attempts, const Jitter& jitter) {
    const int factor = attempts > 4 ? most_backoff : std::min(1 << (attempts - 1), most_backoff);
    const auto limit = std::chrono::duration<double>{policy.backoff} * factor;
    return std::chrono::duration_cast<Duration>(limit * jitter());
}

}  // namespace weft
