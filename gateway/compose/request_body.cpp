#include "compose/request_body.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

#include "compose/items.hpp"
#include "json/text.hpp"

namespace weft {
namespace {

class RequestBodyWriter {
  public:
    RequestBodyWriter(const Scope& scope, std::uint64_t limit, std::string& out)
        : scope_{scope}, limit_{limit}, out_{out} {}

    TextOutcome write(const BodyNode& node) {
        TextOutcome outcome = write_node(node);
        if (outcome.end == TextEnd::complete && is_too_large()) outcome = too_large();
        return outcome;
    }

  private:
    // The client's body stands for itself, white space around it included.
    bool is_request_body(const BodyNode& node) const {
        const Reference* reference = node.expression ? node.expression->reference() : nullptr;
        return reference != nullptr && reference->root == Root::request_body &&
               reference->is_whole_document && !scope_.run.inputs.body.empty();
    }

    TextOutcome write_node(const BodyNode& node) {
        switch (node.kind) {
            case BodyKind::literal:
                out_ += node.literal;
                return {};
            case BodyKind::expression:
                if (!is_request_body(node)) return write_expression(*node.expression);
                out_ += scope_.run.inputs.body;
                return {};
            case BodyKind::text:
                return write_text(node.text);
            case BodyKind::object:
            case BodyKind::array:
                return write_container(node);
            case BodyKind::each:
                break;
        }
        return {};
    }

    TextOutcome write_container(const BodyNode& node) {
        const bool is_object = node.kind == BodyKind::object;
        out_ += is_object ? '{' : '[';
        bool is_first = true;
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const std::size_t before = out_.size();
            if (!is_first) out_ += ',';
            if (is_object) out_.append(node.names[i]).append(":");
            const TextOutcome outcome = write_node(node.children[i]);
            if (outcome.end == TextEnd::dropped) {
                out_.resize(before);
                continue;
            }
            if (outcome.end != TextEnd::complete) return outcome;
            if (is_too_large()) return too_large();
            is_first = false;
        }
        out_ += is_object ? '}' : ']';
        return {};
    }

    TextOutcome write_text(const TextTemplate& text) {
        out_ += '"';
        const TextOutcome outcome = render_text(text, scope_, InJsonString{out_});
        out_ += '"';
        return outcome;
    }

    TextOutcome write_expression(const Expression& expression) {
        const Value value = resolve(expression, scope_);
        return value.kind == ValueKind::list ? write_list(expression)
                                             : write_value(expression, value);
    }

    TextOutcome write_value(const Expression& expression, const Value& value) {
        const bool unavailable = value.kind == ValueKind::unavailable;
        if (unavailable || value.is_missing()) {
            if (expression.optional) return {TextEnd::dropped, &expression};
            const TextEnd end = unavailable ? TextEnd::unavailable : TextEnd::missing;
            return {end, &expression, value.by};
        }
        if (value.kind == ValueKind::refused) {
            return {TextEnd::unusable, &expression, value.by, value.why};
        }
        write_element(value);
        return {};
    }

    TextOutcome write_list(const Expression& list) {
        const std::size_t begin = out_.size();
        out_ += '[';
        bool is_first = true;
        const auto write = [&](const Value& element) {
            if (!is_first) out_ += ',';
            is_first = false;
            write_element(element);
            return !is_too_large();
        };
        const ListEnd end = visit_items(list, scope_, write);
        if (end.kind != ListKind::list) {
            out_.resize(begin);
            return write_value(list, value_of(end));
        }
        out_ += ']';
        return {};
    }

    // An element of a list that is not there is null; nothing that gets here is a list.
    void write_element(const Value& value) {
        switch (value.kind) {
            case ValueKind::json:
                out_ += value.json.text;
                return;
            case ValueKind::text:
                return append_json_string(out_, value.text);
            case ValueKind::number:
                out_ += value.text;
                return;
            default:
                out_ += "null";
        }
    }

    bool is_too_large() const noexcept { return out_.size() > limit_; }
    static TextOutcome too_large() {
        return {TextEnd::unusable, nullptr, nullptr, FailureKind::invalid_value};
    }

    const Scope& scope_;
    const std::uint64_t limit_;
    std::string& out_;
};

}  // namespace

TextOutcome write_request_body(
    const BodyNode& body, const Scope& scope, std::uint64_t limit, std::string& out
) {
    return RequestBodyWriter{scope, limit, out}.write(body);
}

}  // namespace weft
