#include "config/quantity.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <span>

#include "config/diagnostics.hpp"

namespace weft {
namespace {

struct Unit {
    std::string_view name;
    std::uint64_t factor;
};

constexpr std::array duration_units{Unit{"m", 60'000}, Unit{"s", 1'000}, Unit{"ms", 1}};
constexpr std::array size_units{
    Unit{"GiB", 1ULL << 30}, Unit{"MiB", 1ULL << 20}, Unit{"KiB", 1ULL << 10}, Unit{"B", 1}};

// How a kind of quantity is spoken of.
struct Kind {
    std::span<const Unit> units;
    std::string_view examples;
    std::string_view missing_unit;  // after the number
};

constexpr Kind duration_kind{duration_units, "a duration such as 200ms, 2s or 1m", "ms"};
constexpr Kind size_kind{size_units, "a size such as 512B, 8KiB or 1MiB", "KiB"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Digits without a leading zero that fit; nothing else.
std::optional<std::uint64_t> whole_number(std::string_view digits) {
    if (digits.empty() || (digits.size() > 1 && digits[0] == '0')) return std::nullopt;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

Quantity<std::uint64_t> wrong(std::string_view expected, std::string_view text) {
    return {std::nullopt, "must be " + std::string(expected) + ", not " + in_quotes(text)};
}

Quantity<std::uint64_t> parse_quantity(std::string_view text, const Kind& kind) {
    const auto unit_begin = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto length = static_cast<std::size_t>(unit_begin - text.begin());
    const std::string_view name = text.substr(length);
    const auto number = whole_number(text.substr(0, length));
    if (!number) return wrong(kind.examples, text);
    if (name.empty()) {
        return {
            std::nullopt,
            "needs a unit: " + std::string(text) + std::string(kind.missing_unit) +
                ", if that is "
                "what is meant"};
    }
    const auto unit = std::find_if(kind.units.begin(), kind.units.end(), [&](const Unit& known) {
        return known.name == name;
    });
    if (unit == kind.units.end()) return wrong(kind.examples, text);
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (*number > largest / unit->factor) return {std::nullopt, "is too large"};
    return {*number * unit->factor, {}};
}

std::string in_largest_unit(std::uint64_t value, std::span<const Unit> units) {
    for (const Unit& unit : units) {
        const bool fits = value != 0 && value % unit.factor == 0;
        if (fits || unit.factor == 1) {
            return std::to_string(value / unit.factor) + std::string(unit.name);
        }
    }
    return {};
}

std::string pattern_of(std::span<const Unit> units) {
    std::string names;
    for (const Unit& unit : units) (names += names.empty() ? "" : "|") += unit.name;
    return "^(0|[1-9][0-9]*)(" + names + ")$";
}

}  // namespace

std::string duration_pattern() { return pattern_of(duration_units); }
std::string size_pattern() { return pattern_of(size_units); }

Quantity<std::chrono::milliseconds> parse_duration(std::string_view text) {
    Quantity<std::uint64_t> parsed = parse_quantity(text, duration_kind);
    if (!parsed.value) return {std::nullopt, std::move(parsed.problem)};
    return {std::chrono::milliseconds(*parsed.value), {}};
}

Quantity<std::uint64_t> parse_size(std::string_view text) {
    return parse_quantity(text, size_kind);
}

Quantity<std::uint64_t> parse_count(std::string_view text) {
    if (const auto number = whole_number(text)) return {number, {}};
    return wrong("a whole number such as 100", text);
}

std::string to_text(std::chrono::milliseconds duration) {
    return in_largest_unit(static_cast<std::uint64_t>(duration.count()), duration_units);
}

std::string size_to_text(std::uint64_t bytes) { return in_largest_unit(bytes, size_units); }

}  // namespace weft
