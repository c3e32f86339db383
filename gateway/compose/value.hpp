// What a reference stands for at this moment of a run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compose/run.hpp"
#include "json/elements.hpp"

namespace weft {

enum class ValueKind : std::uint8_t {
    absent,
    unavailable,  // of a step or item that failed or was skipped and has no fallback
    json,
    text,  // of the request: not JSON, maybe not even UTF-8
    list,  // a repeated query parameter, or all results of a for_each step (then `list` is empty)
};

struct Value {
    ValueKind kind = ValueKind::absent;
    JsonValue json;
    std::string text;
    std::vector<std::string> list;

    // Neither absent nor null counts as a value that can be sent.
    bool is_missing() const noexcept {
        return kind == ValueKind::absent ||
               (kind == ValueKind::json && json.type == JsonType::null);
    }
};

// The item for which a for_each step is being rendered, or the element for which the `$value` of a
// `$each` is being written.
struct Item {
    Value value;
    const Located* located = nullptr;  // of a JSON item, by Step::item_reads or Each::reads
    std::size_t index = 0;
};

// Where a reference stands.
struct Scope {
    const Run& run;
    const Step* step = nullptr;           // null in the response
    const Item* item = nullptr;           // null outside of a for_each step
    std::span<const Value> items = {};    // of the batch call being rendered, no two alike
    std::span<const Item> elements = {};  // of the `$each` around it, the outermost first
};

// `reference` is not plural.
Value resolve(const Reference& reference, const Scope& scope);

// The part that a reference to a step reads; null if it reads none, or all of a for_each step.
const Part* part_of(const Reference& reference, const Run& run) noexcept;

// Whether it stands for all the results of a for_each step.
bool is_all_results(const Reference& reference, const Run& run) noexcept;

// A scalar as text; nothing for what has none (ROUTES.md: objects and arrays in text are an error).
std::optional<std::string> text_of(Value value);

// A request's value makes what goes wrong with it the client's fault, also as an item of a list.
Fault blame(const Reference& reference, const Scope& scope) noexcept;

}  // namespace weft
