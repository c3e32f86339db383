// What an expression stands for at this moment of a run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compose/effort.hpp"
#include "compose/run.hpp"
#include "json/elements.hpp"

namespace weft {

enum class ValueKind : std::uint8_t {
    absent,
    unavailable,  // of a step or item that failed or was skipped and has no fallback
    json,
    text,     // not JSON, of the request maybe not even UTF-8
    number,   // made by Weft: its text
    list,     // visit_items() has its elements
    refused,  // a function's argument, or the key of a look-up, is not what it takes
};

// Where in its step's shape a value stands.
struct ShapePlace {
    const Shape* shape = nullptr;
    ShapeNodeId at = shape_everything;
};

struct Value {
    ValueKind kind = ValueKind::absent;
    JsonValue json;
    std::string text;
    FailureKind why = FailureKind::invalid_value;  // of `refused`
    // What is to blame if it is not the expression as a whole; may be null.
    const Reference* by = nullptr;
    ShapePlace place{};  // in the response: what of it is sent
    // Of an element of all results of a for_each step: the result that it is, with or without a
    // value.
    const Part* result = nullptr;

    // Neither absent nor null counts as a value that can be sent.
    bool is_missing() const noexcept {
        return kind == ValueKind::absent ||
               (kind == ValueKind::json && json.type == JsonType::null);
    }

    Value() noexcept : Value{ValueKind::absent} {}
    explicit Value(ValueKind of_kind) noexcept : kind{of_kind} {}

    static Value of(const JsonValue& json) {
        Value value{ValueKind::json};
        value.json = json;
        return value;
    }
    static Value of_text(std::string text) {
        Value value{ValueKind::text};
        value.text = std::move(text);
        return value;
    }
    static Value of_number(std::uint64_t number) {
        Value value{ValueKind::number};
        value.text = std::to_string(number);
        return value;
    }
    static Value unavailable() { return Value{ValueKind::unavailable}; }
    static Value list() { return Value{ValueKind::list}; }
    static Value refused(FailureKind why, const Reference* by) {
        Value value{ValueKind::refused};
        value.why = why;
        value.by = by;
        return value;
    }
};

// The item for which a for_each step is being rendered, or the element for which the `$value` of a
// `$each` is being written.
struct Item {
    Value value;
    const Located* located = nullptr;  // of a JSON item, by Step::item_reads or Each::reads
    std::size_t index = 0;
    const PathSet* reads = nullptr;  // of an element: Each::reads
};

// Calls and conditions see what the services sent, the response what `select`, `omit` and `rename`
// leave of it.
enum class View : std::uint8_t { raw, sent };

// Where an expression stands.
struct Scope {
    const Run& run;
    const Step* step = nullptr;           // null in the response
    const Item* item = nullptr;           // null outside of a for_each step
    std::span<const Value> items = {};    // of the batch call being rendered, no two alike
    std::span<const Item> elements = {};  // of the `$each` around it, the outermost first
    Effort* effort = nullptr;             // in a `$value`: what may still be read
    // In `when` absent, null and unavailable are the same.
    bool decides = false;
    View view = View::raw;
};

// `expression` is not plural.
Value resolve(const Expression& expression, const Scope& scope);
Value resolve(const Reference& reference, const Scope& scope);

// The result that a look-up finds.
struct Found {
    ValueKind kind = ValueKind::absent;  // absent, unavailable, refused; json: `part` has a value
    const Part* part = nullptr;          // also if it has no value
};
Found find_result(const LookUp& asked, const Scope& scope);

// The part that a reference to a step reads; null if it reads none, or all of a for_each step.
const Part* part_of(const Reference& reference, const Run& run) noexcept;

// Whether it stands for all the results of a for_each step.
bool is_all_results(const Reference& reference, const Run& run) noexcept;

// A scalar as text; nothing for what has none (ROUTES.md: objects and arrays in text are an error).
std::optional<std::string> text_of(Value value);

// The same for as long as the value and its document are there; nothing also where the text must
// be made first.
std::optional<std::string_view> text_in(const Value& value) noexcept;

// A request's value makes what goes wrong with it the client's fault, also as an item of a list.
// `by` may be null.
Fault blame(const Expression& expression, const Reference* by, const Scope& scope) noexcept;

}  // namespace weft
