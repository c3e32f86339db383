#include "plan/forwarded_headers.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "http/fields.hpp"
#include "plan/header_template.hpp"

namespace weft {
namespace {

// What Weft says for itself in every call, whatever a client says (ROUTES.md, Headers).
bool is_always_ours(std::string_view name) {
    constexpr std::array<std::string_view, 7> ours{
        "Accept-Encoding",
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Request-Id",
        "X-Request-Timeout-Ms"};
    return std::ranges::any_of(ours, [name](std::string_view other) {
        return equal_ignoring_case(name, other);
    });
}

}  // namespace

std::vector<std::string> compile_forward(
    const std::vector<Written<std::string>>& names, Diagnostics& diagnostics
) {
    std::vector<std::string> forward;
    if (names.size() > max_headers) {
        diagnostics.error(names[max_headers].at, std::string{too_many_headers});
        return forward;
    }
    for (const auto& name : names) {
        // The gateway refuses requests with "_" in a name (HTTP.md, Requests).
        const bool is_name =
            is_header_name(name.value) && name.value.find('_') == std::string::npos;
        if (!is_name) {
            diagnostics.error(
                name.at, in_quotes(name.value) + " is not the name of a client's header"
            );
        } else if (is_never_forwarded(name.value)) {
            diagnostics.error(
                name.at, "the header " + in_quotes(name.value) + " is never forwarded"
            );
        } else if (is_always_ours(name.value)) {
            diagnostics.error(
                name.at,
                "the header " + in_quotes(name.value) +
                    " is Weft's to set: the client's is not sent on"
            );
        }
        std::string lower = name.value;
        std::ranges::transform(lower, lower.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        if (std::ranges::find(forward, lower) == forward.end()) forward.push_back(std::move(lower));
    }
    return forward;
}

}  // namespace weft
