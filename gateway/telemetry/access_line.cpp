#include "telemetry/access_line.hpp"

#include <algorithm>
#include <array>

#include "telemetry/line_text.hpp"

namespace weft {
namespace {

std::string_view end_member(CallEnd end) noexcept {
    switch (end) {
        case CallEnd::succeeded:
            return R"(,"end":"succeeded","status":)";
        case CallEnd::refused:
            return R"(,"end":"refused","status":)";
        case CallEnd::cancelled:
            return R"(,"end":"cancelled","status":)";
        case CallEnd::unknown:
            break;
    }
    return R"(,"end":"unknown","status":)";
}

// Milliseconds, to the microsecond.
void append_duration(LineText& out, std::chrono::nanoseconds duration) {
    const auto ns = std::max(duration, std::chrono::nanoseconds::zero()).count();
    const auto us = static_cast<std::uint64_t>(ns) / 1000;
    out.number(us / 1000);
    const auto rest = us % 1000;
    const std::array decimals{
        '.',
        static_cast<char>('0' + rest / 100),
        static_cast<char>('0' + rest / 10 % 10),
        static_cast<char>('0' + rest % 10)};
    out.raw({decimals.data(), decimals.size()});
}

void append_failure(LineText& out, const std::optional<FailureKind>& failure) {
    if (!failure) return;
    out.raw(R"(,"code":")");
    out.raw(traits(*failure).code);
    out.raw("\"");
}

void append_call(LineText& out, const CallRecord& call) {
    out.raw(R"({"step":)");
    out.foreign(call.step);
    out.raw(R"(,"upstream":)");
    out.foreign(call.upstream);
    out.raw(end_member(call.end));
    out.number(call.status);
    append_failure(out, call.failure);
    out.raw(R"(,"ms":)");
    append_duration(out, call.duration);
    out.raw(R"(,"bytes":)");
    out.number(call.bytes_received);
    out.raw(R"(,"attempts":)");
    out.number(call.attempts);
    out.raw(call.reused_connection ? R"(,"reused":true})" : R"(,"reused":false})");
}

void append_calls(LineText& out, const std::vector<CallRecord>& calls) {
    out.raw(R"(,"calls":[)");
    const auto shown = std::min(calls.size(), max_logged_calls);
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) out.raw(",");
        append_call(out, calls[i]);
    }
    out.raw("]");
    if (calls.size() == shown) return;
    out.raw(R"(,"calls_left_out":)");
    out.number(calls.size() - shown);
}

}  // namespace

void append_access_line(std::string& to, std::string_view time, const RequestRecord& record) {
    LineText out{to};
    out.raw(R"({"time":")");
    out.raw(time);
    out.raw(R"(","request_id":)");
    out.foreign(record.request_id);
    out.raw(R"(,"client":)");
    out.foreign(record.client);
    out.raw(R"(,"method":)");
    out.foreign(record.method);
    out.raw(R"(,"path":)");
    out.foreign(record.path);
    out.raw(R"(,"route":)");
    out.foreign(record.route);
    out.raw(R"(,"status":)");
    out.number(record.status);
    out.raw(R"(,"duration_ms":)");
    append_duration(out, record.duration);
    out.raw(R"(,"bytes":)");
    out.number(record.bytes_sent);
    append_failure(out, record.failure);
    out.raw(record.complete ? R"(,"complete":true)" : R"(,"complete":false)");
    append_calls(out, record.calls);
    out.raw("}\n");
}

}  // namespace weft
