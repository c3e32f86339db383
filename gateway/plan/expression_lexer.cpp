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

// The length of the number at the front of `text`; 0 if there is none.
std::size_t number_length(std::string_view text) noexcept {
    std::size_t length = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = run_of(digits, text.substr(length));
    if (whole == 0) return 0;
    length += whole;
    const std::string_view rest = text.substr(length);
    const std::size_t fraction = rest.starts_with('.') ? run_of(digits, rest.substr(1)) : 0;
    if (fraction > 0) length += 1 + fraction;
    if (length == text.size() || (text[length] != 'e' && text[length] != 'E')) return length;
    std::size_t power = length + 1;
    if (power < text.size() && (text[power] == '+' || text[power] == '-')) ++power;
    const std::size_t exponent = run_of(digits, text.substr(std::min(power, text.size())));
    return exponent == 0 ? length : power + exponent;
}

TokenKind punctuation(char c) noexcept {
    switch (c) {
        case '.':
            return TokenKind::dot;
        case ',':
            return TokenKind::comma;
        case '[':
            return TokenKind::open_bracket;
        case ']':
            return TokenKind::close_bracket;
        case '(':
            return TokenKind::open_parenthesis;
        case ')':
            return TokenKind::close_parenthesis;
        case '*':
            return TokenKind::star;
        case '?':
            return TokenKind::question;
        case '}':
            return TokenKind::close_brace;
        default:
            return TokenKind::end;
    }
}

std::size_t operation_length(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 9> operations{
        "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!"};
    for (const std::string_view operation : operations) {
        if (text.starts_with(operation)) return operation.size();
    }
    return 0;
}

std::string unexpected_character(char c) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
        return "an expression cannot hold a control character";
    }
    std::string message = std::string{"an expression cannot hold `"} + c + "` here";
    if (c == '=') message += ": to compare is `==`";
    if (c == '&' || c == '|') message += std::string{": the operator is `"} + c + c + "`";
    if (c == '"') message += ": text is in single quotes, 'like this'";
    return message;
}

}  // namespace

OrFault<Token> ExpressionLexer::next() {
    skip_space();
    if (offset_ == scalar_.size()) return Token{TokenKind::end, "", offset_};
    const std::string_view rest = scalar_.substr(offset_);
    if (rest.front() == '\'') return quoted();
    if (starts_name(rest.front())) return run(TokenKind::name, run_of(name_characters, rest));
    if (const std::size_t length = number_length(rest)) return run(TokenKind::number, length);
    if (const std::size_t length = operation_length(rest)) return run(TokenKind::operation, length);
    const TokenKind kind = punctuation(rest.front());
    if (kind == TokenKind::end) return TextFault{offset_, unexpected_character(rest.front())};
    return run(kind, 1);
}

OrFault<Token> ExpressionLexer::quoted() {
    auto parsed = parse_quoted_name(scalar_, offset_);
    if (auto* fault = std::get_if<TextFault>(&parsed)) return std::move(*fault);
    auto& name = std::get<QuotedName>(parsed);
    Token token{TokenKind::quoted, std::move(name.name), offset_};
    offset_ = name.end;
    return token;
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
