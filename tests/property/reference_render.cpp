#include "property/reference_render.hpp"

#include <algorithm>
#include <functional>

#include "property/reference_text.hpp"

namespace weft::property {
namespace {

// Whether the value may stand behind what is there already; both not encoded.
using Fits = std::function<bool(const std::string& before, const std::string& value)>;

bool fits_in_segment(const std::string&, const std::string& value) {
    return !value.empty() && value != "." && value != ".." && value.size() <= 256;
}

bool fits_in_query(const std::string& before, const std::string& value) {
    return before.size() + value.size() <= 4096;
}

bool fits_in_header(const std::string& before, const std::string& value) {
    const bool has_control = std::ranges::any_of(value, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    return !has_control && before.size() + value.size() <= 8192;
}

bool fits_in_body(const std::string&, const std::string&) { return true; }

// A member that is left out.
struct Dropped {};

template <class Made>
using Outcome = std::variant<Made, ModelFailure, Skip, Dropped>;

bool is_client(const ModelExpression& expression, const ModelStep& step) {
    using Kind = ModelExpression::Kind;
    if (expression.kind == Kind::look_up) return false;
    if (expression.kind != Kind::reference) {
        return std::ranges::all_of(expression.arguments, [&](const ModelExpression& argument) {
            return is_client(argument, step);
        });
    }
    if (expression.from == From::item || expression.from == From::items) {
        return is_client(*step.for_each, step);
    }
    return expression.from >= From::path && expression.from <= From::id;
}

class CallRenderer {
  public:
    CallRenderer(const ModelStep& step, const ModelScope& scope) : step_{step}, scope_{scope} {}

    Outcome<std::string> render(const ModelText& text, const Fits& fits) const {
        std::string rendered;
        for (const auto& piece : text) {
            if (const auto* literal = std::get_if<std::string>(&piece)) {
                rendered += *literal;
                continue;
            }
            const auto& expression = std::get<ModelExpression>(piece);
            const ModelValue value = value_of(expression, scope_);
            if (auto none = why_missing(expression, value)) return lift<std::string>(*none);
            const auto characters = value.is_json() ? text_of(value.json) : std::nullopt;
            if (!characters || !fits(rendered, *characters)) {
                return failure(expression, value, value.is_json() ? "invalid_value" : value.code);
            }
            rendered += *characters;
        }
        return rendered;
    }

    Outcome<Json> render(const ModelNode& node) const {
        using Kind = ModelNode::Kind;
        switch (node.kind) {
            case Kind::literal:
                return node.literal;
            case Kind::value: {
                const ModelValue value = value_of(node.value, scope_);
                if (auto none = why_missing(node.value, value)) return lift<Json>(*none);
                if (!value.is_json()) return failure(node.value, value, value.code);
                return value.json;
            }
            case Kind::text: {
                const auto text = render(node.text, fits_in_body);
                if (const auto* made = std::get_if<std::string>(&text)) return Json(*made);
                return lift<Json>(text);
            }
            default:
                return render_container(node);
        }
    }

  private:
    // The same outcome of something else that was not made.
    template <class Made, class Other>
    static Outcome<Made> lift(const Outcome<Other>& outcome) {
        if (const auto* failure = std::get_if<ModelFailure>(&outcome)) return *failure;
        if (std::holds_alternative<Skip>(outcome)) return Skip{};
        return Dropped{};
    }

    std::optional<Outcome<Json>> why_missing(
        const ModelExpression& expression, const ModelValue& value
    ) const {
        const bool is_unavailable = value.kind == ModelValue::Kind::unavailable;
        if (!is_unavailable && !value.is_missing()) return std::nullopt;
        if (expression.optional) return Dropped{};
        if (is_unavailable) return Skip{};
        return failure(expression, value, "missing_input");
    }

    ModelFailure failure(
        const ModelExpression& expression, const ModelValue& value, const std::string& code
    ) const {
        // What a value says of the list it comes from is not about what is made of it.
        const bool is_part = expression.kind != ModelExpression::Kind::reference;
        const bool has_cause = is_part && value.by != nullptr;
        return {code, blame(has_cause ? *value.by : expression, step_)};
    }

    Outcome<Json> render_container(const ModelNode& node) const {
        const bool is_object = node.kind == ModelNode::Kind::object;
        Json made = is_object ? Json::object() : Json::array();
        for (const auto& [name, child] : node.children) {
            const auto outcome = render(child);
            if (std::holds_alternative<Dropped>(outcome)) continue;
            const auto* json = std::get_if<Json>(&outcome);
            if (json == nullptr) return outcome;
            if (is_object) made[name] = *json;
            if (!is_object) made.push_back(*json);
        }
        return made;
    }

    const ModelStep& step_;
    const ModelScope& scope_;
};

template <class Made>
std::optional<Rendering> stopped_by(const Outcome<Made>& outcome) {
    if (const auto* failure = std::get_if<ModelFailure>(&outcome)) return *failure;
    if (std::holds_alternative<Skip>(outcome)) return Skip{};
    return std::nullopt;
}

}  // namespace

int blame(const ModelExpression& expression, const ModelStep& step) {
    return is_client(expression, step) ? 400 : 502;
}

Rendering render(const ModelStep& step, const ModelCall& call, const ModelScope& scope) {
    const CallRenderer renderer{step, scope};
    Asked asked{call.method, "/" + step.name, {}, ""};
    for (const ModelText& segment : call.segments) {
        const auto text = renderer.render(segment, fits_in_segment);
        if (const auto stop = stopped_by(text)) return *stop;
        asked.target += "/" + percent_encoded(std::get<std::string>(text));
    }
    char separator = '?';
    for (const auto& [name, parameter] : call.query) {
        const auto text = renderer.render(parameter, fits_in_query);
        if (const auto stop = stopped_by(text)) return *stop;
        if (std::holds_alternative<Dropped>(text)) continue;
        asked.target += separator + name + "=" + percent_encoded(std::get<std::string>(text));
        separator = '&';
    }
    for (const auto& [name, header] : call.headers) {
        const auto text = renderer.render(header, fits_in_header);
        if (const auto stop = stopped_by(text)) return *stop;
        if (const auto* value = std::get_if<std::string>(&text))
            asked.headers.emplace_back(name, *value);
    }
    if (!call.body) return asked;
    const auto body = renderer.render(*call.body);
    if (const auto stop = stopped_by(body)) return *stop;
    if (const auto* json = std::get_if<Json>(&body)) asked.body = json->dump();
    return asked;
}

std::optional<std::string> render_response_header(const ModelText& text, const ModelScope& scope) {
    const auto outcome =
        CallRenderer{scope.route.steps.front(), scope}.render(text, fits_in_header);
    const auto* rendered = std::get_if<std::string>(&outcome);
    return rendered == nullptr ? std::nullopt : std::optional{*rendered};
}

}  // namespace weft::property
