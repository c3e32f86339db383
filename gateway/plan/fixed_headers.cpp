#include "plan/fixed_headers.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "http/characters.hpp"
#include "plan/expression_parser.hpp"
#include "plan/header_template.hpp"

namespace weft {
namespace {

// The text, with `$${` made `${`. Nothing, and an error, if it is not fixed.
std::optional<std::string> fixed_text(
    const Written<std::string>& written, Diagnostics& diagnostics
) {
    const auto parsed = parse_text(written.value);
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        diagnostics.error(inside(written.at, fault->offset), fault->message);
        return std::nullopt;
    }
    std::string text;
    for (const auto& piece : std::get<TextSyntax>(parsed)) {
        const auto* literal = std::get_if<LiteralSyntax>(&piece);
        if (literal == nullptr) {
            diagnostics.error(
                written.at,
                "headers of an upstream are fixed: only ${env.NAME} stands in them, other ${...} "
                "in the headers of a step"
            );
            return std::nullopt;
        }
        text += literal->text;
    }
    return text;
}

}  // namespace

std::vector<OwnedField> compile_fixed_headers(
    const std::vector<NamedText>& written, Diagnostics& diagnostics
) {
    std::vector<OwnedField> fields;
    if (written.size() > max_headers) {
        diagnostics.error(written[max_headers].first.at, std::string{too_many_headers});
        return fields;
    }
    for (const NamedText& header : written) {
        const auto& name = header.first;
        const auto& value = header.second;
        const std::string fault = fault_of_header_name(name.value);
        if (!fault.empty()) diagnostics.error(name.at, fault);
        const bool is_twice = std::ranges::any_of(fields, [&](const OwnedField& other) {
            return equal_ignoring_case(other.name(), name.value);
        });
        if (is_twice) {
            diagnostics.error(
                name.at,
                "the header " + in_quotes(name.value) +
                    " stands here twice: case makes no difference"
            );
        }
        const auto text = fixed_text(value, diagnostics);
        if (!text) continue;
        if (run_of(field_value_characters, *text) != text->size()) {
            diagnostics.error(
                value.at, "the header " + in_quotes(name.value) + " cannot hold control characters"
            );
        }
        fields.emplace_back(name.value, *text);
    }
    return fields;
}

}  // namespace weft
