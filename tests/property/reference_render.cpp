#include "property/reference_render.hpp"

#include <functional>

#include "property/reference_text.hpp"

namespace weft::property {
namespace {

bool fits_in_segment(const std::string& text) {
    return !text.empty() && text != "." && text != ".." && text.size() <= 256;
}

Rendering render_text(
    const ModelStep& step,
    const ModelText& text,
    const ModelScope& scope,
    const std::function<bool(const std::string&)>& fits
) {
    std::string rendered;
    for (const auto& piece : text) {
        if (const auto* literal = std::get_if<std::string>(&piece)) {
            rendered += *literal;
            continue;
        }
        const auto& expression = std::get<ModelExpression>(piece);
        const ModelValue value = value_of(expression, scope);
        if (value.kind == ModelValue::Kind::unavailable) return Skip{};
        const int status = blame(value.by == nullptr ? expression : *value.by, step);
        if (value.kind == ModelValue::Kind::refused) return ModelFailure{value.code, status};
        if (value.is_missing()) return ModelFailure{"missing_input", status};
        const auto characters = text_of(value.json);
        if (!characters || !fits(*characters)) return ModelFailure{"invalid_value", status};
        rendered += percent_encoded(*characters);
    }
    return rendered;
}

}  // namespace

int blame(const ModelExpression& expression, const ModelStep& step) {
    const bool of_item =
        expression.kind == ModelExpression::Kind::reference && expression.from == From::item;
    const From from = of_item ? step.for_each->from : expression.from;
    return from == From::path || from == From::query ? 400 : 502;
}

Rendering render(const ModelStep& step, const ModelScope& scope) {
    std::string target = "/" + step.name;
    for (const ModelText& segment : step.segments) {
        const Rendering text = render_text(step, segment, scope, fits_in_segment);
        if (!std::holds_alternative<std::string>(text)) return text;
        target += "/" + std::get<std::string>(text);
    }
    char separator = '?';
    for (const auto& [name, parameter] : step.query) {
        bool dropped = false;
        for (const auto& piece : parameter) {
            const auto* expression = std::get_if<ModelExpression>(&piece);
            if (expression == nullptr || !expression->optional) continue;
            const ModelValue value = value_of(*expression, scope);
            dropped = dropped || value.kind == ModelValue::Kind::unavailable || value.is_missing();
        }
        if (dropped) continue;
        const Rendering text =
            render_text(step, parameter, scope, [](const std::string&) { return true; });
        if (!std::holds_alternative<std::string>(text)) return text;
        target += separator + name + "=" + std::get<std::string>(text);
        separator = '&';
    }
    return target;
}

}  // namespace weft::property
