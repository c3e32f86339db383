#include "plan/response_headers.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "http/fields.hpp"
#include "plan/header_template.hpp"

namespace weft {
namespace {

// What an answer says of itself (RFC 9110 section 6.6.1, RFC 9209) and of being partial.
bool is_ours_alone(std::string_view name) {
    constexpr std::array<std::string_view, 3> ours{"Date", "Proxy-Status", "Weft-Complete"};
    return std::ranges::any_of(ours, [name](std::string_view other) {
        return equal_ignoring_case(name, other);
    });
}

}  // namespace

std::vector<HeaderTemplate> compile_response_headers(
    const std::vector<NamedText>& headers, Resolver& resolver
) {
    std::vector<NamedText> allowed;
    for (const NamedText& header : headers) {
        if (is_ours_alone(header.first.value)) {
            resolver.diagnostics().error(
                header.first.at,
                "the header " + in_quotes(header.first.value) + " is Weft's alone to set"
            );
        } else {
            allowed.push_back(header);
        }
    }
    return compile_headers(allowed, {}, resolver);
}

}  // namespace weft
