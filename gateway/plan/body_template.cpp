#include "plan/body_template.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "json/locate.hpp"
#include "json/text.hpp"
#include "plan/each_syntax.hpp"
#include "plan/expression_parser.hpp"
#include "plan/text_template.hpp"

namespace weft {
namespace {

BodyNode literal(std::string json) {
    BodyNode node;
    node.literal = std::move(json);
    return node;
}

std::string json_string(std::string_view text) {
    std::string json;
    append_json_string(json, text);
    return json;
}

// RFC 6901 section 3.
std::string reference_token(std::string_view name) {
    std::string token;
    for (const char c : name) {
        if (c == '~') {
            token += "~0";
        } else if (c == '/') {
            token += "~1";
        } else {
            token += c;
        }
    }
    return token;
}

bool is_constant(const BodyNode& node) { return node.kind == BodyKind::literal; }

BodyNode as_one_literal(const BodyNode& node) {
    const bool is_object = node.kind == BodyKind::object;
    std::string json{is_object ? '{' : '['};
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (i > 0) json += ',';
        if (is_object) json += node.names[i] + ':';
        json += node.children[i].literal;
    }
    json += is_object ? '}' : ']';
    return literal(std::move(json));
}

BodyNode folded(BodyNode node) {
    return std::ranges::all_of(node.children, is_constant) ? as_one_literal(node) : node;
}

class BodyCompiler {
  public:
    BodyCompiler(const Use& use, Resolver& resolver) : use_{use}, resolver_{resolver} {}

    std::optional<BodyNode> compile(const YamlValue& value) {
        const bool is_container = value.kind == YamlKind::list || value.kind == YamlKind::map;
        if (is_container && depth_ == max_json_depth) return fail(value.at, "nested too deeply");
        switch (value.kind) {
            case YamlKind::null:
                return literal("null");
            case YamlKind::boolean:
                return literal(value.scalar);
            case YamlKind::number:
                return number(value);
            case YamlKind::text:
                return text(value);
            case YamlKind::list:
                return array(value);
            case YamlKind::map:
                break;
        }
        const bool is_top = depth_ == 0;
        auto node = object(value);
        if (!node || is_top || node->kind == BodyKind::each) return node;
        return folded(std::move(*node));
    }

  private:
    // As written in the file, so it must be JSON there (ROUTES.md, Request body).
    std::optional<BodyNode> number(const YamlValue& value) {
        Located located;
        locate(value.scalar, PathSet{}, located);
        const bool is_json = located.ok() && located.root.type == JsonType::number &&
                             located.root.text.size() == value.scalar.size();
        if (is_json) return literal(value.scalar);
        return fail(value.at, value.scalar + " is not a JSON number; in quotes it would be text");
    }

    std::optional<BodyNode> text(const YamlValue& value) {
        const auto parsed = parse_text(value.scalar);
        if (const auto* fault = std::get_if<TextFault>(&parsed)) {
            return fail(inside(value.at, fault->offset), fault->message);
        }
        const auto& syntax = std::get<TextSyntax>(parsed);
        const bool is_value =
            syntax.size() == 1 && std::holds_alternative<ExpressionSyntax>(syntax.front());
        use_.place = is_value ? Place::value : Place::text;
        use_.start = value.at;
        auto resolved = resolve_text(syntax, use_, resolver_);
        if (!resolved) return std::nullopt;
        if (resolved->empty()) return literal("\"\"");
        auto& first = resolved->front();
        const auto* constant = std::get_if<std::string>(&first);
        if (constant != nullptr && resolved->size() == 1) return literal(json_string(*constant));
        BodyNode node;
        node.kind = is_value ? BodyKind::expression : BodyKind::text;
        if (is_value) {
            node.expression = std::move(std::get<Expression>(first));
        } else {
            node.text = std::move(*resolved);
        }
        return node;
    }

    std::optional<BodyNode> array(const YamlValue& value) {
        BodyNode node;
        node.kind = BodyKind::array;
        bool is_sound = true;
        ++depth_;
        for (const YamlValue& item : value.items) {
            auto child = compile(item);
            is_sound = is_sound && child;
            if (child) node.children.push_back(std::move(*child));
        }
        --depth_;
        if (!is_sound) return std::nullopt;
        return folded(std::move(node));
    }

    std::optional<BodyNode> each(const YamlValue& value) {
        if (use_.reader) return fail(value.at, "$each stands only in the body of the response");
        const auto syntax = read_each(value, resolver_.diagnostics());
        if (!syntax) return std::nullopt;
        auto list = each_list(*syntax->list);
        const bool is_named = check_name(syntax->name);
        auto each = std::make_shared<Each>();
        // Known in `$value` even where the list is wrong, or each use of it would be a mistake,
        // too.
        const Resolver::ElementScope scope{resolver_, syntax->name.value, each->reads};
        ++depth_;
        auto element = compile(*syntax->value);
        --depth_;
        if (!list || !is_named || !element) return std::nullopt;
        each->droppable = std::exchange(list->optional, false);
        each->list = *std::move(list);
        BodyNode node;
        node.kind = BodyKind::each;
        node.each = std::move(each);
        node.children.push_back(*std::move(element));
        return node;
    }

    std::optional<Expression> each_list(const YamlValue& value) {
        const auto parsed = parse_text(value.scalar);
        if (const auto* fault = std::get_if<TextFault>(&parsed)) {
            return fail(inside(value.at, fault->offset), fault->message);
        }
        const auto& text = std::get<TextSyntax>(parsed);
        const auto* list =
            text.size() == 1 ? std::get_if<ExpressionSyntax>(&text.front()) : nullptr;
        if (list == nullptr) {
            return fail(value.at, "$each is one expression, such as ${order.lines}");
        }
        use_.place = Place::list;
        use_.start = value.at;
        return resolver_.resolve(*list, use_);
    }

    bool check_name(const Written<std::string>& name) {
        if (resolver_.is_step(name.value)) {
            fail(name.at, in_quotes(name.value) + " is the name of a step: elements need another");
            return false;
        }
        if (resolver_.is_element(name.value)) {
            fail(
                name.at,
                "the $each around has elements called " + in_quotes(name.value) +
                    ", too: name these with $as"
            );
            return false;
        }
        return true;
    }

    std::optional<BodyNode> object(const YamlValue& value) {
        if (is_each(value)) return each(value);
        BodyNode node;
        node.kind = BodyKind::object;
        bool is_sound = true;
        ++depth_;
        for (const auto& [written, member] : value.members) {
            const auto name = member_name(written);
            auto child = compile(member);
            is_sound = is_sound && name && child;
            if (!name || !child) continue;
            node.names.push_back(json_string(*name));
            node.tokens.push_back(reference_token(*name));
            node.children.push_back(std::move(*child));
        }
        --depth_;
        if (!is_sound) return std::nullopt;
        return node;
    }

    std::optional<std::string> member_name(const Written<std::string>& written) {
        const auto parsed = parse_text(written.value);
        const auto* syntax = std::get_if<TextSyntax>(&parsed);
        std::string name;
        for (std::size_t i = 0; syntax != nullptr && i < syntax->size(); ++i) {
            const auto* part = std::get_if<LiteralSyntax>(&(*syntax)[i]);
            if (part == nullptr) syntax = nullptr;
            if (part != nullptr) name += part->text;
        }
        if (syntax != nullptr) return name;
        return fail(written.at, "the name of a member cannot hold an expression");
    }

    std::nullopt_t fail(Position at, std::string message) {
        resolver_.diagnostics().error(at, std::move(message));
        return std::nullopt;
    }

    Use use_;
    Resolver& resolver_;
    std::size_t depth_ = 0;
};

}  // namespace

std::optional<BodyNode> compile_body(const YamlValue& value, const Use& use, Resolver& resolver) {
    return BodyCompiler{use, resolver}.compile(value);
}

}  // namespace weft
