#include "plan/expression_parser.hpp"

#include <algorithm>
#include <utility>

#include "config/diagnostics.hpp"
#include "plan/condition_reader.hpp"
#include "plan/expression_reader.hpp"
#include "plan/token_stream.hpp"

namespace weft {
namespace {

void check_not_empty(TokenStream& tokens) {
    if (tokens.at(TokenKind::close_brace)) tokens.fail("\"${}\" holds no expression");
}

void check_end_of_value(TokenStream& tokens) {
    if (tokens.at(TokenKind::operation) || tokens.at_operation("in")) {
        tokens.fail("the operator " + in_quotes(tokens.token().text) + " stands only in \"when\"");
    }
    // Not read, because behind it the text goes on.
    if (!tokens.at(TokenKind::close_brace)) tokens.expect(TokenKind::close_brace, "}");
}

}  // namespace

OrFault<TextSyntax> parse_text(std::string_view scalar) {
    TextSyntax pieces;
    std::size_t at = 0;
    while (at < scalar.size()) {
        const std::size_t open = scalar.find("${", at);
        const bool escaped = open != std::string_view::npos && open > at && scalar[open - 1] == '$';
        const std::size_t literal_end = std::min(escaped ? open - 1 : open, scalar.size());
        if (literal_end > at) {
            pieces.emplace_back(LiteralSyntax{
                std::string{scalar.substr(at, literal_end - at)}, at, false});
        }
        if (open == std::string_view::npos) break;
        if (escaped) {
            pieces.emplace_back(LiteralSyntax{"${", open, true});
            at = open + 2;
            continue;
        }
        TokenStream tokens{scalar, open};
        check_not_empty(tokens);
        ExpressionSyntax expression = read_expression(tokens);
        check_end_of_value(tokens);
        if (tokens.failed()) return *tokens.fault();
        pieces.emplace_back(std::move(expression));
        at = tokens.end();
    }
    return pieces;
}

OrFault<ConditionSyntax> parse_condition(std::string_view scalar) {
    constexpr std::string_view one = "\"when\" is one expression, such as ${order.total > 100}";
    if (!scalar.starts_with("${")) return TextFault{0, std::string{one}};
    TokenStream tokens{scalar, 0};
    check_not_empty(tokens);
    ConditionSyntax condition = read_condition(tokens);
    if (!tokens.at(TokenKind::close_brace)) tokens.expect(TokenKind::close_brace, "}");
    if (tokens.failed()) return *tokens.fault();
    // A block scalar ends with a line break.
    if (scalar.find_first_not_of(" \n", tokens.end()) != std::string_view::npos)
        return TextFault{tokens.end(), std::string{one}};
    return condition;
}

}  // namespace weft
