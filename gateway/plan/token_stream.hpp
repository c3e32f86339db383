// The tokens of one `${...}`, one after the other, until the first fault.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "plan/expression_lexer.hpp"

namespace weft {

class TokenStream {
  public:
    // How deep expressions stand in each other: each level is one of the parser's own calls.
    static constexpr std::size_t max_nesting = 32;

    // `open` is the offset of the `${`.
    TokenStream(std::string_view scalar, std::size_t open);

    // Without effect after a fault: the last token stays.
    void advance();
    const Token& token() const noexcept { return token_; }
    bool at(TokenKind kind) const noexcept { return token_.kind == kind; }
    bool at_operation(std::string_view text) const noexcept;
    // Reads the token that has to stand here, which `what` names.
    void expect(TokenKind kind, std::string_view what);

    // The first fault stays. At the end of the scalar it is always the missing "}".
    void fail(std::string message) { fail(token_.offset, std::move(message)); }
    void fail(std::size_t offset, std::string message);
    const std::optional<TextFault>& fault() const noexcept { return fault_; }
    bool failed() const noexcept { return fault_.has_value(); }

    // One level deeper for as long as it lives; a fault if that is too deep.
    class Level {
      public:
        explicit Level(TokenStream& tokens);
        ~Level() { --tokens_.nesting_; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

      private:
        TokenStream& tokens_;
    };

    // What was read since that offset, as written.
    std::string text_from(std::size_t offset) const;
    // Behind the token.
    std::size_t end() const noexcept { return lexer_.offset(); }

  private:
    std::string_view scalar_;
    std::size_t open_;
    ExpressionLexer lexer_;
    Token token_;
    std::size_t read_to_;  // behind the token before
    std::size_t nesting_ = 0;
    std::optional<TextFault> fault_;
};

}  // namespace weft
