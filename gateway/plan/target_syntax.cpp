#include "plan/target_syntax.hpp"

#include <algorithm>
#include <utility>

#include "plan/expression_parser.hpp"
#include "plan/path_literal.hpp"

namespace weft {
namespace {

class TargetParser {
  public:
    void add(const PieceSyntax& piece) {
        if (const auto* expression = std::get_if<ExpressionSyntax>(&piece)) return add(*expression);
        const auto& literal = std::get<LiteralSyntax>(piece);
        if (!literal.escaped) return add_text(literal);
        if (refuse_after_rest(literal.offset)) return;
        segment_.emplace_back(LiteralSyntax{
            encoded_path_literal(literal.text), literal.offset, true});
    }

    OrFault<TargetSyntax> finish(std::size_t end) && {
        if (!fault_ && !target_.rest) close_segment(end);
        if (fault_) return std::move(*fault_);
        return std::move(target_);
    }

    bool failed() const noexcept { return fault_.has_value(); }

  private:
    void add(const ExpressionSyntax& expression) {
        if (!refuse_after_rest(expression.offset)) segment_.emplace_back(expression);
    }

    void add_text(const LiteralSyntax& literal) {
        const std::string_view text = literal.text;
        // The slash that begins the path ends no segment.
        std::size_t at = literal.offset == 0 ? 1 : 0;
        while (at < text.size() && !fault_) {
            const std::size_t offset = literal.offset + at;
            if (refuse_after_rest(offset)) return;
            if (text[at] == '/') {
                refuse_empty_segment(offset);
                close_segment(offset);
                ++at;
            } else if (text[at] == '{') {
                const std::size_t close = text.find('}', at);
                if (close == std::string_view::npos)
                    return fail(offset, "\"{\" is not closed with \"}\"");
                add_parameter(text.substr(at + 1, close - at - 1), offset);
                at = close + 1;
            } else {
                const std::size_t end = std::min(text.find_first_of("/{", at), text.size());
                add_literal(text.substr(at, end - at), offset);
                at = end;
            }
        }
    }

    void add_literal(std::string_view text, std::size_t offset) {
        if (auto fault = check_path_literal(text)) {
            return fail(offset + fault->offset, std::move(fault->message));
        }
        segment_.emplace_back(LiteralSyntax{encoded_path_literal(text), offset, false});
    }

    void add_parameter(std::string_view name, std::size_t offset) {
        const bool is_rest = name.ends_with("...");
        if (is_rest) name.remove_suffix(3);
        if (!is_parameter_name(name)) {
            return fail(offset, "a parameter is written {name}, of letters, digits and \"_\"");
        }
        if (!is_rest) return add(shorthand(name, offset));
        if (!segment_.empty())
            return fail(offset, "the rest of the path is a whole segment: /{name...}");
        target_.rest = LiteralSyntax{std::string{name}, offset, false};
    }

    static ExpressionSyntax shorthand(std::string_view name, std::size_t offset) {
        PathSyntax path{"request", {}, false, offset, "request.path." + std::string{name}};
        path.selectors.push_back({SelectorKind::name, "path", 0, false, offset});
        path.selectors.push_back({SelectorKind::name, std::string{name}, 0, false, offset});
        return path;
    }

    void close_segment(std::size_t end) {
        std::string text;
        for (const PieceSyntax& piece : segment_) {
            const auto* literal = std::get_if<LiteralSyntax>(&piece);
            if (literal == nullptr) text.clear();
            if (literal == nullptr) break;
            text += literal->text;
        }
        if (const auto fault = check_literal_segment(text)) fail(end - text.size(), fault->message);
        target_.segments.push_back(std::exchange(segment_, {}));
    }

    void refuse_empty_segment(std::size_t offset) {
        if (segment_.empty()) fail(offset, "a path cannot hold an empty segment (\"//\")");
    }

    bool refuse_after_rest(std::size_t offset) {
        if (target_.rest) fail(offset, "nothing can follow {" + target_.rest->text + "...}");
        return target_.rest.has_value();
    }

    void fail(std::size_t offset, std::string message) {
        if (!fault_) fault_ = TextFault{offset, std::move(message)};
    }

    TextSyntax segment_;
    TargetSyntax target_;
    std::optional<TextFault> fault_;
};

}  // namespace

OrFault<TargetSyntax> parse_target(std::string_view path) {
    if (!path.starts_with('/')) return TextFault{0, "a path begins with \"/\""};
    auto parsed = parse_text(path);
    if (auto* fault = std::get_if<TextFault>(&parsed)) return std::move(*fault);
    TargetParser parser;
    for (const PieceSyntax& piece : std::get<TextSyntax>(parsed)) {
        if (!parser.failed()) parser.add(piece);
    }
    return std::move(parser).finish(path.size());
}

}  // namespace weft
