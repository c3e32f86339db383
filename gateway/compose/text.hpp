// Walks a text template with the values of a run. What may stand in the text is decided by the
// place it is for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "compose/value.hpp"
#include "json/text.hpp"

namespace weft {

enum class TextEnd : std::uint8_t {
    complete,
    dropped,      // a value with `?` is missing: the whole member goes
    missing,      // a value is absent or null
    unavailable,  // a value comes from a step that has none
    unusable,     // a value is a list or an object, or not allowed here
};

struct TextOutcome {
    TextEnd end = TextEnd::complete;
    const Expression* by = nullptr;                // the one that ended it
    const Reference* in_it = nullptr;              // what is to blame in it; may be null
    FailureKind why = FailureKind::missing_input;  // of missing and unusable
};

// Text in a JSON string: literals and values alike are escaped.
struct InJsonString {
    std::string& out;
    void literal(std::string_view text) { append_json_escaped(out, text); }
    bool value(std::string_view text) {
        append_json_escaped(out, text);
        return true;
    }
};

// `place` has literal(std::string_view) and value(std::string_view) -> whether it is allowed there.
template <class Place>
TextOutcome render_text(const TextTemplate& text, const Scope& scope, Place place) {
    for (const TextPiece& piece : text) {
        if (const auto* literal = std::get_if<std::string>(&piece)) {
            place.literal(*literal);
            continue;
        }
        const auto& expression = std::get<Expression>(piece);
        Value value = resolve(expression, scope);
        const Reference* in_it = value.by;
        const FailureKind why = value.why;
        const bool unavailable = value.kind == ValueKind::unavailable;
        if (unavailable || value.is_missing()) {
            if (expression.optional) return {TextEnd::dropped, &expression};
            return {unavailable ? TextEnd::unavailable : TextEnd::missing, &expression, in_it};
        }
        std::optional<std::string> made;
        auto characters = text_in(value);
        if (!characters) {
            made = text_of(std::move(value));
            characters = made;
        }
        if (!characters || !place.value(*characters)) {
            return {TextEnd::unusable, &expression, in_it, why};
        }
    }
    return {};
}

}  // namespace weft
