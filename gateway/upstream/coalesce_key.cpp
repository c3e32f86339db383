#include "upstream/coalesce_key.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace weft {
namespace {

constexpr std::array<std::string_view, 4> of_one_request{
    "X-Request-Id", "X-Request-Timeout-Ms", "traceparent", "tracestate"};

bool is_of_one_request(std::string_view line) {
    const std::string_view name = line.substr(0, line.find(':'));
    return std::ranges::any_of(of_one_request, [name](std::string_view other) {
        return equal_ignoring_case(name, other);
    });
}

}  // namespace

bool may_coalesce(const CallRequest& request) noexcept {
    return request.method == Method::get && request.body.empty();
}

std::string coalesce_key(const CallRequest& request) {
    std::string key = request.target;
    // What one of them has no use for, the other may need.
    key += request.body_used ? "\nb" : "\n";
    key += request.fields_used ? "f\n" : "\n";
    std::string_view lines = request.field_lines.view();
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        if (!is_of_one_request(line)) key.append(line).append("\n");
        lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    }
    return key;
}

}  // namespace weft
