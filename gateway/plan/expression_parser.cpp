#include "plan/expression_parser.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "config/diagnostics.hpp"
#include "json/locate.hpp"
#include "plan/expression_lexer.hpp"

namespace weft {
namespace {

bool is_function(std::string_view name) {
    constexpr std::array<std::string_view, 4> functions{"join", "count", "concat", "compact"};
    return std::find(functions.begin(), functions.end(), name) != functions.end();
}

// Reads one expression; the first fault ends it.
class ExpressionParser {
  public:
    // `open` is the offset of the `${`.
    ExpressionParser(std::string_view scalar, std::size_t open)
        : scalar_{scalar}, open_{open}, lexer_{scalar, open + 2} {}

    OrFault<PathSyntax> parse() {
        advance();
        if (!fault_) root();
        while (!fault_ && (token_.kind == TokenKind::dot || token_.kind == TokenKind::open_bracket)
        ) {
            const bool is_dot = token_.kind == TokenKind::dot;
            advance();
            if (!fault_) is_dot ? after_dot() : after_bracket();
        }
        if (!fault_ && token_.kind == TokenKind::question) {
            path_.optional = true;
            advance();
        }
        if (!fault_) closing();
        if (fault_) return std::move(*fault_);
        return std::move(path_);
    }
    // Behind the `}`.
    std::size_t end() const noexcept { return lexer_.offset(); }

  private:
    void advance() {
        auto next = lexer_.next();
        if (auto* fault = std::get_if<TextFault>(&next)) {
            fault_ = std::move(*fault);
        } else {
            token_ = std::move(std::get<Token>(next));
        }
    }

    void fail(std::string message) { fault_ = TextFault{token_.offset, std::move(message)}; }

    void fail_unclosed() {
        fault_ = TextFault{
            open_, "\"${\" is not closed with \"}\"; a literal \"${\" is written \"$${\""};
    }

    void root() {
        if (token_.kind == TokenKind::end) return fail_unclosed();
        if (token_.kind == TokenKind::close_brace) return fail("\"${}\" holds no expression");
        if (token_.kind == TokenKind::integer || token_.kind == TokenKind::quoted) {
            return fail(unsupported("a literal in an expression"));
        }
        if (token_.kind == TokenKind::comparison && token_.text == "!") return fail_operator();
        if (token_.kind != TokenKind::name) return fail("an expression begins with a name");
        path_.root = token_.text;
        path_.offset = token_.offset;
        advance();
        if (fault_ || token_.kind != TokenKind::open_parenthesis) return;
        token_.offset = path_.offset;
        fail(
            is_function(path_.root) ? unsupported(in_quotes(path_.root + "(...)"))
                                    : "unknown function " + in_quotes(path_.root)
        );
    }

    void after_dot() {
        if (token_.kind == TokenKind::end) return fail_unclosed();
        if (token_.kind != TokenKind::name) {
            return fail("a name is expected after \".\"; other names are written ['...']");
        }
        select({SelectorKind::name, token_.text, 0, false, token_.offset});
    }

    void after_bracket() {
        Selector selector{SelectorKind::every, "", 0, true, token_.offset};
        if (token_.kind == TokenKind::quoted) {
            selector.kind = SelectorKind::name;
            selector.name = token_.text;
        } else if (token_.kind == TokenKind::integer) {
            const auto index = element_index();
            if (!index) return;
            selector.kind = SelectorKind::index;
            selector.index = *index;
        } else if (token_.kind == TokenKind::name) {
            return fail(unsupported("the look-up " + in_quotes(path_.root + "[...]")));
        } else if (token_.kind == TokenKind::end) {
            return fail_unclosed();
        } else if (token_.kind != TokenKind::star) {
            return fail("an index, * or 'name' is expected after \"[\"");
        }
        select(std::move(selector));
        if (!fault_ && token_.kind != TokenKind::close_bracket)
            return fail("\"]\" is expected here");
        if (!fault_) advance();
    }

    std::optional<std::uint32_t> element_index() {
        const std::string& digits = token_.text;
        if (digits.front() == '-') {
            fail("an index counts from 0, from the front");
            return std::nullopt;
        }
        if (digits.size() > 1 && digits.front() == '0') {
            fail("an index has no leading zeros");
            return std::nullopt;
        }
        std::uint32_t index = 0;
        const auto error = std::from_chars(digits.data(), digits.data() + digits.size(), index).ec;
        if (error != std::errc{}) {
            fail(
                "an index is at most " + std::to_string(std::numeric_limits<std::uint32_t>::max())
            );
            return std::nullopt;
        }
        return index;
    }

    void select(Selector selector) {
        // A document is never deeper, so the path could not be met.
        if (path_.selectors.size() == max_json_depth) {
            return fail("a path has at most " + std::to_string(max_json_depth) + " segments");
        }
        path_.selectors.push_back(std::move(selector));
        advance();
    }

    void closing() {
        if (token_.kind == TokenKind::end) return fail_unclosed();
        if (token_.kind == TokenKind::comparison || token_.text == "in") return fail_operator();
        if (token_.kind == TokenKind::question) return fail("one \"?\" is enough");
        if (token_.kind != TokenKind::close_brace) {
            return fail("\"}\" is expected here, not " + in_quotes(token_.text));
        }
        path_.text = std::string{scalar_.substr(path_.offset, token_.offset - path_.offset)};
        path_.text.erase(path_.text.find_last_not_of(" \t\n") + 1);
    }

    void fail_operator() { fail(unsupported("the operator " + in_quotes(token_.text))); }

    std::string_view scalar_;
    std::size_t open_;
    ExpressionLexer lexer_;
    Token token_;
    PathSyntax path_;
    std::optional<TextFault> fault_;
};

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
        ExpressionParser parser{scalar, open};
        auto parsed = parser.parse();
        if (auto* fault = std::get_if<TextFault>(&parsed)) return std::move(*fault);
        pieces.emplace_back(std::move(std::get<PathSyntax>(parsed)));
        at = parser.end();
    }
    return pieces;
}

}  // namespace weft
