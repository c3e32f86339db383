#include "plan/token_stream.hpp"

#include <utility>

#include "config/diagnostics.hpp"

namespace weft {

TokenStream::TokenStream(std::string_view scalar, std::size_t open)
    : scalar_{scalar}, open_{open}, lexer_{scalar, open + 2}, read_to_{open + 2} {
    advance();
}

void TokenStream::advance() {
    if (failed()) return;
    read_to_ = lexer_.offset();
    auto next = lexer_.next();
    if (auto* fault = std::get_if<TextFault>(&next)) {
        fault_ = std::move(*fault);
    } else {
        token_ = std::move(std::get<Token>(next));
    }
}

bool TokenStream::at_operation(std::string_view text) const noexcept {
    if (at(TokenKind::name)) return token_.text == "in" && text == "in";
    return at(TokenKind::operation) && token_.text == text;
}

void TokenStream::expect(TokenKind kind, std::string_view what) {
    if (at(kind)) return advance();
    std::string message = in_quotes(what) + " is expected here";
    if (!token_.text.empty()) message += ", not " + in_quotes(token_.text);
    fail(std::move(message));
}

void TokenStream::fail(std::size_t offset, std::string message) {
    if (failed()) return;
    if (at(TokenKind::end)) {
        fault_ = TextFault{
            open_, "\"${\" is not closed with \"}\"; a literal \"${\" is written \"$${\""};
    } else {
        fault_ = TextFault{offset, std::move(message)};
    }
}

TokenStream::Level::Level(TokenStream& tokens) : tokens_{tokens} {
    if (++tokens_.nesting_ <= max_nesting) return;
    tokens_.fail(
        "an expression is nested too deeply: at most " + std::to_string(max_nesting) + " levels"
    );
}

std::string TokenStream::text_from(std::size_t offset) const {
    return std::string{scalar_.substr(offset, read_to_ - offset)};
}

}  // namespace weft
