#include "telemetry/access_line.hpp"

#include <algorithm>

#include "telemetry/json_line.hpp"

namespace weft {
namespace {

std::string_view to_string(CallEnd end) noexcept {
    switch (end) {
        case CallEnd::succeeded:
            return "succeeded";
        case CallEnd::refused:
            return "refused";
        case CallEnd::cancelled:
            return "cancelled";
        case CallEnd::unknown:
            return "unknown";
    }
    return "unknown";
}

// Milliseconds, to the microsecond.
void append_duration(std::string& out, std::chrono::nanoseconds duration) {
    const auto ns = std::max(duration, std::chrono::nanoseconds::zero()).count();
    const auto us = static_cast<std::uint64_t>(ns) / 1000;
    append_number(out, us / 1000);
    const auto rest = us % 1000;
    out += '.';
    out += static_cast<char>('0' + rest / 100);
    out += static_cast<char>('0' + rest / 10 % 10);
    out += static_cast<char>('0' + rest % 10);
}

void append_failure(std::string& out, const std::optional<FailureKind>& failure) {
    if (!failure) return;
    out += R"(,"code":")";
    out += traits(*failure).code;
    out += '"';
}

void append_call(std::string& out, const CallRecord& call) {
    out += R"({"step":)";
    append_logged_text(out, call.step);
    out += R"(,"upstream":)";
    append_logged_text(out, call.upstream);
    out += R"(,"end":")";
    out += to_string(call.end);
    out += R"(","status":)";
    append_number(out, call.status);
    append_failure(out, call.failure);
    out += R"(,"ms":)";
    append_duration(out, call.duration);
    out += R"(,"bytes":)";
    append_number(out, call.bytes_received);
    out += R"(,"attempts":)";
    append_number(out, call.attempts);
    out += R"(,"reused":)";
    out += call.reused_connection ? "true}" : "false}";
}

void append_calls(std::string& out, const std::vector<CallRecord>& calls) {
    out += R"(,"calls":[)";
    const auto shown = std::min(calls.size(), max_logged_calls);
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) out += ',';
        append_call(out, calls[i]);
    }
    out += ']';
    if (calls.size() == shown) return;
    out += R"(,"calls_left_out":)";
    append_number(out, calls.size() - shown);
}

}  // namespace

void append_access_line(std::string& out, std::string_view time, const RequestRecord& record) {
    out += R"({"time":")";
    out += time;
    out += R"(","request_id":)";
    append_logged_text(out, record.request_id);
    out += R"(,"client":)";
    append_logged_text(out, record.client);
    out += R"(,"method":)";
    append_logged_text(out, record.method);
    out += R"(,"path":)";
    append_logged_text(out, record.path);
    out += R"(,"route":)";
    append_logged_text(out, record.route);
    out += R"(,"status":)";
    append_number(out, record.status);
    out += R"(,"duration_ms":)";
    append_duration(out, record.duration);
    out += R"(,"bytes":)";
    append_number(out, record.bytes_sent);
    append_failure(out, record.failure);
    out += R"(,"complete":)";
    out += record.complete ? "true" : "false";
    append_calls(out, record.calls);
    out += "}\n";
}

}  // namespace weft
