#include "plan/text_template.hpp"

#include <utility>

#include "plan/expression_parser.hpp"

namespace weft {
namespace {

void append_literal(TextTemplate& out, const std::string& text) {
    auto* last = out.empty() ? nullptr : std::get_if<std::string>(&out.back());
    if (last != nullptr) {
        *last += text;
    } else {
        out.emplace_back(text);
    }
}

}  // namespace

std::optional<TextTemplate> resolve_text(
    const TextSyntax& text, const Use& use, Resolver& resolver
) {
    TextTemplate resolved;
    bool is_sound = true;
    for (const PieceSyntax& piece : text) {
        if (const auto* literal = std::get_if<LiteralSyntax>(&piece)) {
            append_literal(resolved, literal->text);
            continue;
        }
        auto expression = resolver.resolve(std::get<ExpressionSyntax>(piece), use);
        is_sound = is_sound && expression;
        if (expression) resolved.emplace_back(*std::move(expression));
    }
    if (!is_sound) return std::nullopt;
    return resolved;
}

std::optional<TextTemplate> compile_text(
    const Written<std::string>& scalar, Use use, Resolver& resolver
) {
    use.start = scalar.at;
    const auto parsed = parse_text(scalar.value);
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        resolver.diagnostics().error(inside(scalar.at, fault->offset), fault->message);
        return std::nullopt;
    }
    return resolve_text(std::get<TextSyntax>(parsed), use, resolver);
}

}  // namespace weft
