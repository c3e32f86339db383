// Cuts the inside of a `${...}` into tokens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "plan/text_fault.hpp"

namespace weft {

enum class TokenKind : std::uint8_t {
    name,    // may hold "-", which only some names may: that is for resolving to say
    number,  // as written: RFC 8259's, maybe with leading zeros
    quoted,  // 'text', decoded
    dot,
    comma,
    open_bracket,
    close_bracket,
    open_parenthesis,
    close_parenthesis,
    star,
    question,
    operation,  // == != < <= > >= && || !; `in` is a name
    close_brace,
    end,  // of the scalar
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::string text;
    std::size_t offset = 0;  // bytes from the start of the scalar
};

class ExpressionLexer {
  public:
    // `offset` stands behind the `${`.
    ExpressionLexer(std::string_view scalar, std::size_t offset)
        : scalar_{scalar}, offset_{offset} {}

    OrFault<Token> next();
    // Where the last token ended.
    std::size_t offset() const noexcept { return offset_; }

  private:
    OrFault<Token> quoted();
    Token run(TokenKind kind, std::size_t length);
    void skip_space() noexcept;

    std::string_view scalar_;
    std::size_t offset_;
};

}  // namespace weft
