#include "plan/expression_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string_view>
#include <utility>

#include "config/diagnostics.hpp"
#include "json/locate.hpp"
#include "json/scan.hpp"
#include "json/text.hpp"

namespace weft {
namespace {

constexpr std::array<std::pair<std::string_view, Function>, 4> functions{{
    {"join", Function::join},
    {"count", Function::count},
    {"concat", Function::concat},
    {"compact", Function::compact},
}};

bool is_literal_word(std::string_view name) {
    return name == "true" || name == "false" || name == "null";
}

class ExpressionReader {
  public:
    explicit ExpressionReader(TokenStream& tokens) : tokens_{tokens} {}

    ExpressionSyntax read() {
        const TokenStream::Level level{tokens_};
        const Token first = tokens_.token();
        check_begin(first);
        if (tokens_.failed()) return {};
        tokens_.advance();
        ExpressionSyntax expression;
        expression.offset = first.offset;
        if (tokens_.at(TokenKind::open_parenthesis)) {
            expression.form = call(first);
        } else {
            PathSyntax path;
            path.root = first.text;
            path.offset = first.offset;
            read_path(std::move(path), expression);
        }
        expression.text = tokens_.text_from(first.offset);
        return expression;
    }

  private:
    void check_begin(const Token& first) {
        const bool is_word = first.kind == TokenKind::name && is_literal_word(first.text);
        if (is_word || first.kind == TokenKind::number || first.kind == TokenKind::quoted) {
            tokens_.fail(
                "a literal stands only in \"when\" and in join(list, ','); in text it needs no ${}"
            );
        } else if (first.kind == TokenKind::operation) {
            tokens_.fail("the operator " + in_quotes(first.text) + " stands only in \"when\"");
        } else if (first.kind != TokenKind::name) {
            tokens_.fail("an expression begins with a name");
        }
    }

    CallSyntax call(const Token& name) {
        CallSyntax call;
        const auto known =
            std::ranges::find(functions, name.text, &std::pair<std::string_view, Function>::first);
        if (known == functions.end()) {
            std::vector<std::string_view> names;
            names.reserve(functions.size());
            for (const auto& function : functions) names.push_back(function.first);
            tokens_.fail(
                name.offset,
                "unknown function " + in_quotes(name.text) + did_you_mean(name.text, names)
            );
            return call;
        }
        call.function = known->second;
        do {
            tokens_.advance();
            call.arguments.push_back(argument());
        } while (tokens_.at(TokenKind::comma) && !tokens_.failed());
        tokens_.expect(TokenKind::close_parenthesis, ")");
        if (tokens_.at(TokenKind::question)) {
            tokens_.fail("\"?\" stands behind a path, not behind a function: count(order.items?)");
        }
        return call;
    }

    ExpressionSyntax argument() {
        const std::size_t offset = tokens_.token().offset;
        auto constant = read_constant(tokens_);
        if (!constant) return read();
        ExpressionSyntax expression;
        expression.form = *std::move(constant);
        expression.offset = offset;
        expression.text = tokens_.text_from(offset);
        return expression;
    }

    void read_path(PathSyntax path, ExpressionSyntax& expression) {
        std::vector<ExpressionSyntax> key;
        while (tokens_.at(TokenKind::dot) || tokens_.at(TokenKind::open_bracket)) {
            const bool is_dot = tokens_.at(TokenKind::dot);
            tokens_.advance();
            if (tokens_.failed()) return;
            if (is_dot) {
                after_dot(path);
            } else if (tokens_.at(TokenKind::name)) {
                look_up(path, key);
            } else {
                after_bracket(path);
            }
        }
        if (tokens_.at(TokenKind::question)) {
            path.optional = true;
            tokens_.advance();
            if (tokens_.at(TokenKind::question)) tokens_.fail("one \"?\" is enough");
        }
        path.text = tokens_.text_from(path.offset);
        if (key.empty()) {
            expression.form = std::move(path);
        } else {
            expression.form = LookUpSyntax{std::move(path), std::move(key)};
        }
    }

    void after_dot(PathSyntax& path) {
        if (!tokens_.at(TokenKind::name)) {
            return tokens_.fail("a name is expected after \".\"; other names are written ['...']");
        }
        const Token& name = tokens_.token();
        select(path, {SelectorKind::name, name.text, 0, false, name.offset});
    }

    void after_bracket(PathSyntax& path) {
        const Token& inside = tokens_.token();
        Selector selector{SelectorKind::every, "", 0, true, inside.offset};
        if (inside.kind == TokenKind::quoted) {
            selector.kind = SelectorKind::name;
            selector.name = inside.text;
        } else if (inside.kind == TokenKind::number) {
            selector.kind = SelectorKind::index;
            selector.index = element_index();
        } else if (inside.kind != TokenKind::star) {
            tokens_.fail("an index, *, 'name' or the key of a look-up is expected after \"[\"");
        }
        select(path, std::move(selector));
        tokens_.expect(TokenKind::close_bracket, "]");
    }

    void look_up(const PathSyntax& path, std::vector<ExpressionSyntax>& key) {
        if (!path.selectors.empty() || !key.empty()) {
            return tokens_.fail(
                "a look-up stands right behind the name of its step: " + path.root + "[...]"
            );
        }
        key.push_back(read());
        tokens_.expect(TokenKind::close_bracket, "]");
    }

    std::uint32_t element_index() {
        const std::string& text = tokens_.token().text;
        std::uint32_t index = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
        if (text.front() == '-') {
            tokens_.fail("an index counts from 0, from the front");
        } else if (error != std::errc{}) {
            tokens_.fail(
                "an index is at most " + std::to_string(std::numeric_limits<std::uint32_t>::max())
            );
        } else if (end != text.data() + text.size()) {
            tokens_.fail("an index is a whole number");
        } else if (text.size() > 1 && text.front() == '0') {
            tokens_.fail("an index has no leading zeros");
        }
        return index;
    }

    void select(PathSyntax& path, Selector selector) {
        // A document is never deeper, so the path could not be met.
        if (path.selectors.size() == max_json_depth) {
            return tokens_.fail(
                "a path has at most " + std::to_string(max_json_depth) + " segments"
            );
        }
        path.selectors.push_back(std::move(selector));
        tokens_.advance();
    }

    TokenStream& tokens_;
};

ConstantSyntax quoted_constant(const Token& token) {
    ConstantSyntax constant{JsonType::string, "", token.text};
    append_json_string(constant.json, token.text);
    return constant;
}

}  // namespace

ExpressionSyntax read_expression(TokenStream& tokens) { return ExpressionReader{tokens}.read(); }

std::optional<ConstantSyntax> read_constant(TokenStream& tokens) {
    const Token& token = tokens.token();
    ConstantSyntax constant;
    if (token.kind == TokenKind::quoted) {
        constant = quoted_constant(token);
    } else if (token.kind == TokenKind::number) {
        const std::string_view digits = std::string_view{token.text}.substr(token.text[0] == '-');
        const bool is_padded = digits.size() > 1 && digits[0] == '0' && is_digit(digits[1]);
        if (is_padded) tokens.fail("a number has no leading zeros");
        constant = {JsonType::number, token.text, ""};
    } else if (token.kind == TokenKind::name && is_literal_word(token.text)) {
        constant = {json_type(token.text.front()), token.text, ""};
    } else {
        return std::nullopt;
    }
    tokens.advance();
    return constant;
}

}  // namespace weft
