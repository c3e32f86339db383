#include "explain/answer_schema.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "explain/certainty.hpp"
#include "explain/references.hpp"
#include "explain/value_schema.hpp"
#include "json/text.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

Json of_type(std::string_view type) { return Json{{"type", type}}; }

bool has_optional_part(const TextTemplate& text) {
    return std::ranges::any_of(text, [](const TextPiece& piece) {
        const auto* expression = std::get_if<Expression>(&piece);
        return expression != nullptr && expression->optional;
    });
}

bool can_be_left_out(const BodyNode& node) {
    if (node.expression) return node.expression->optional;
    if (node.each) return node.each->droppable;
    return has_optional_part(node.text);
}

// A constant is named only where nothing of its text is lost on the way.
Json literal_schema(const std::string& literal) {
    const Json value = Json::parse(literal, nullptr, false);
    if (value.is_discarded()) return of_type("number");
    if (value.dump() != literal) return of_type(value.is_number() ? "number" : value.type_name());
    return Json{{"const", value}};
}

class AnswerSchema {
  public:
    explicit AnswerSchema(const ComposePlan& plan) : plan_{plan}, certain_{certain_steps(plan)} {}

    Json make() const {
        Json schema = of_node(plan_.response);
        if (plan_.has_optional_steps) {
            schema["properties"]["errors"] = Json{{"$ref", "#/components/schemas/Losses"}};
        }
        return schema;
    }

  private:
    Json of_node(const BodyNode& node) const {
        switch (node.kind) {
            case BodyKind::literal:
                return literal_schema(node.literal);
            case BodyKind::expression:
                return of_expression(*node.expression);
            case BodyKind::text:
                return or_null(of_type("string"));
            case BodyKind::object:
                return of_object(node);
            case BodyKind::array:
                return of_array(node);
            case BodyKind::each:
                return of_each(node);
        }
        return Json::object();
    }

    Json of_object(const BodyNode& node) const {
        Json schema{{"type", "object"}, {"properties", Json::object()}};
        Json required = Json::array();
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const std::string name = decode_json_string(node.names[i]).value_or("");
            schema["properties"][name] = of_node(node.children[i]);
            if (!can_be_left_out(node.children[i])) required.push_back(name);
        }
        if (!required.empty()) schema["required"] = std::move(required);
        return schema;
    }

    // Elements that are left out move those behind them.
    Json of_array(const BodyNode& node) const {
        Json schema{{"type", "array"}};
        const bool is_fixed = std::ranges::none_of(node.children, can_be_left_out);
        if (is_fixed && !node.children.empty()) {
            Json& elements = schema["prefixItems"] = Json::array();
            for (const BodyNode& child : node.children) elements.push_back(of_node(child));
            schema["minItems"] = node.children.size();
        }
        schema["maxItems"] = node.children.size();
        return schema;
    }

    Json of_each(const BodyNode& node) const {
        Json schema{{"type", "array"}, {"items", of_node(node.children.front())}};
        return is_certain(node.each->list) ? schema : or_null(std::move(schema));
    }

    bool is_certain(const Expression& expression) const {
        bool is_certain = true;
        visit_references(expression, [&](const Reference& reference) {
            if (reference.of_a_step() && !certain_[reference.step]) is_certain = false;
        });
        return is_certain;
    }

    Json of_expression(const Expression& expression) const {
        if (const Reference* reference = expression.reference()) return of_reference(*reference);
        if (const auto* call = std::get_if<FunctionCall>(&expression.form)) return of_call(*call);
        return or_null(of_one_result(std::get<LookUp>(expression.form).result));
    }

    static Json of_call(const FunctionCall& call) {
        switch (call.function) {
            case Function::join:
                return or_null(of_type("string"));
            case Function::count:
                return or_null(of_type("integer"));
            case Function::concat:
            case Function::compact:
                break;
        }
        return or_null(of_type("array"));
    }

    Json of_reference(const Reference& reference) const {
        switch (reference.root) {
            case Root::step:
                return of_step(reference);
            case Root::request_path:
            case Root::request_method:
            case Root::request_id:
                return of_type("string");
            case Root::request_header:
            case Root::step_header:
                return or_null(of_type("string"));
            case Root::request_query:
                return Json{{"type", {"string", "array", "null"}}};
            case Root::step_status:
                return or_null(of_type("integer"));
            case Root::step_ok:
                return of_type("boolean");
            case Root::request_body:
                return value_schema(plan_.body_reads, end_of(plan_.body_reads, reference));
            case Root::item:
            case Root::index:
            case Root::items:
            case Root::element:
                break;
        }
        return Json::object();
    }

    static PathNodeId end_of(const PathSet& paths, const Reference& reference) {
        return reference.is_whole_document ? 0 : paths.end_of(reference.path);
    }

    Json of_one_result(const Reference& reference) const {
        const Step& step = plan_.steps[reference.step];
        const ShapeNodeId root = step.shape.root();
        const ShapeNodeId place =
            reference.is_whole_document ? root : step.shape.below(root, step.reads, reference.path);
        return value_schema(step.reads, end_of(step.reads, reference), step.shape, place);
    }

    Json of_step(const Reference& reference) const {
        const Step& step = plan_.steps[reference.step];
        const bool is_whole = reference.is_whole_document;
        const bool is_list =
            step.for_each.has_value() && reference.selection == ResultSelection::whole;
        Json schema = of_one_result(reference);
        if (is_list && !step.required) schema = or_fallback(std::move(schema), step);
        if (is_list) schema = Json{{"type", "array"}, {"items", std::move(schema)}};
        // A list may be shorter.
        if (reference.selection == ResultSelection::one) return or_null(std::move(schema));
        if (certain_[reference.step]) return schema;
        return is_whole && !is_list ? or_fallback(std::move(schema), step)
                                    : or_null(std::move(schema));
    }

    static Json or_fallback(Json schema, const Step& step) {
        if (step.fallback == "null") return or_null(std::move(schema));
        return Json{{"anyOf", {std::move(schema), literal_schema(step.fallback)}}};
    }

    const ComposePlan& plan_;
    std::vector<bool> certain_;
};

}  // namespace

Json answer_schema(const ComposePlan& plan) { return AnswerSchema{plan}.make(); }

}  // namespace weft
