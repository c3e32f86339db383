#include "plan/header_template.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "http/characters.hpp"
#include "http/hop_by_hop.hpp"
#include "plan/text_template.hpp"

namespace weft {
namespace {

// Empty if the name is fine.
std::string fault_of_name(std::string_view name, const std::vector<HeaderTemplate>& before) {
    std::string fault = fault_of_header_name(name);
    if (!fault.empty()) return fault;
    const bool is_twice = std::ranges::any_of(before, [name](const HeaderTemplate& other) {
        return equal_ignoring_case(other.name, name);
    });
    if (is_twice)
        return "the header " + in_quotes(name) + " stands here twice: case makes no difference";
    return {};
}

bool can_be_sent(const TextTemplate& value) {
    return std::ranges::all_of(value, [](const TextPiece& piece) {
        const auto* literal = std::get_if<std::string>(&piece);
        return literal == nullptr || run_of(field_value_characters, *literal) == literal->size();
    });
}

}  // namespace

bool is_never_forwarded(std::string_view name) noexcept {
    constexpr std::array<std::string_view, 4> fixed{"Content-Length", "Expect", "Host", "Origin"};
    constexpr std::string_view cors = "Access-Control-";
    return is_hop_by_hop(name) || equal_ignoring_case(name.substr(0, cors.size()), cors) ||
           std::ranges::any_of(fixed, [name](std::string_view never) {
               return equal_ignoring_case(name, never);
           });
}

bool is_header_name(std::string_view name) noexcept {
    return !name.empty() && run_of(token_characters, name) == name.size();
}

std::string fault_of_header_name(std::string_view name) {
    if (!is_header_name(name)) return in_quotes(name) + " is not a header's name";
    if (is_never_forwarded(name))
        return "the header " + in_quotes(name) + " is Weft's alone to set";
    return {};
}

std::vector<HeaderTemplate> compile_headers(
    const std::vector<NamedText>& headers, Use use, Resolver& resolver
) {
    use.place = Place::text;
    std::vector<HeaderTemplate> compiled;
    if (headers.size() > max_headers) {
        resolver.diagnostics().error(headers[max_headers].first.at, std::string{too_many_headers});
        return compiled;
    }
    for (const auto& [name, value] : headers) {
        const std::string fault = fault_of_name(name.value, compiled);
        if (!fault.empty()) resolver.diagnostics().error(name.at, fault);
        auto text = compile_text(value, use, resolver);
        if (!text) continue;
        if (!can_be_sent(*text)) {
            resolver.diagnostics().error(
                value.at, "the header " + in_quotes(name.value) + " cannot hold control characters"
            );
        }
        compiled.push_back({name.value, std::move(*text)});
    }
    return compiled;
}

}  // namespace weft
