// Durations, sizes and counts as they are written: `200ms`, `8KiB`, `100`.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace weft {

// Either the value, or what is wrong, as the end of a sentence that begins with the key: `needs a
// unit: 300ms or 300s`.
template <class T>
struct Quantity {
    std::optional<T> value;
    std::string problem;
};

Quantity<std::chrono::milliseconds> parse_duration(std::string_view text);  // ms s m
Quantity<std::uint64_t> parse_size(std::string_view text);  // B KiB MiB GiB, in bytes
Quantity<std::uint64_t> parse_count(std::string_view text);

// ECMA 262 patterns of what is parsed, but for its range.
std::string duration_pattern();
std::string size_pattern();

// In the largest unit that holds it exactly.
std::string to_text(std::chrono::milliseconds duration);
std::string size_to_text(std::uint64_t bytes);

}  // namespace weft
