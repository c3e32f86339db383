#include "plan/expression_lexer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "http/characters.hpp"
#include "plan/quoted_name.hpp"

namespace weft {
namespace {

// RFC 9535's member-name-shorthand (section 2.5.1.1), and "-".
constexpr CharacterClass name_characters = with_range(with(alphanumerics, "_-"), 0x80, 0xff);

bool starts_name(char c) noexcept {
    return is_in(name_characters, c) && !is_in(digits, c) && c != '-';
}

std::pair<TokenKind, std::size_t> punctuation(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 6> pairs{"==", "!=", "<=", ">=", "&&", "||"};
    for (const std::string_view pair : pairs) {
        if (text.starts_with(pair)) return {TokenKind::comparison, pair.size()};
    }
    switch (text.front()) {
        case '.':
            return {TokenKind::dot, 1};
        case '[':
            return {TokenKind::open_bracket, 1};
        case ']':
            return {TokenKind::close_bracket, 1};
        case '*':
            return {TokenKind::star, 1};
        case '?':
            return {TokenKind::question, 1};
        case '(':
            return {TokenKind::open_parenthesis, 1};
        case '}':
            return {TokenKind::close_brace, 1};
        case '<':
        case '>':
        case '!':
        case ')':
        case ',':
            return {TokenKind::comparison, 1};
        default:
            return {TokenKind::end, 0};
    }
}

std::string unexpected_character(char c) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
        return "an expression cannot hold a control character";
    }
    return std::string{"an expression cannot hold `"} + c + "` here";
}

}  // namespace

OrFault<Token> ExpressionLexer::next() {
    skip_space();
    if (offset_ == scalar_.size()) return Token{TokenKind::end, "", offset_};
    const std::string_view rest = scalar_.substr(offset_);
    if (rest.front() == '\'') return quoted();
    if (starts_name(rest.front())) return name();
    const bool negative = rest.front() == '-';
    const std::size_t sign = negative ? 1 : 0;
    const std::size_t count = run_of(digits, rest.substr(sign));
    if (count > 0) return run(TokenKind::integer, sign + count);
    const auto [kind, length] = punctuation(rest);
    if (length == 0) return TextFault{offset_, unexpected_character(rest.front())};
    return run(kind, length);
}

OrFault<Token> ExpressionLexer::quoted() {
    auto parsed = parse_quoted_name(scalar_, offset_);
    if (auto* fault = std::get_if<TextFault>(&parsed)) return std::move(*fault);
    auto& name = std::get<QuotedName>(parsed);
    Token token{TokenKind::quoted, std::move(name.name), offset_};
    offset_ = name.end;
    return token;
}

Token ExpressionLexer::name() {
    return run(TokenKind::name, run_of(name_characters, scalar_.substr(offset_)));
}

Token ExpressionLexer::run(TokenKind kind, std::size_t length) {
    Token token{kind, std::string{scalar_.substr(offset_, length)}, offset_};
    offset_ += length;
    return token;
}

void ExpressionLexer::skip_space() noexcept {
    const std::size_t end = scalar_.find_first_not_of(" \t\n", offset_);
    offset_ = std::min(end, scalar_.size());
}

}  // namespace weft
