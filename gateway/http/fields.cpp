#include "http/fields.hpp"

#include <algorithm>

namespace weft {
namespace {

constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool list_has(std::string_view list, std::string_view token) noexcept {
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        if (equal_ignoring_case(trimmed(list.substr(0, comma)), token)) return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

}  // namespace

// Of one size, and not the very same.
bool equal_but_for_case(std::string_view a, std::string_view b) noexcept {
    if (lower(a.front()) != lower(b.front())) return false;
    return std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
        return x == y || lower(x) == lower(y);
    });
}

std::string_view trimmed(std::string_view text) noexcept {
    const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::optional<std::string_view> find_field(const Fields& fields, std::string_view name) noexcept {
    for (const Field& field : fields) {
        if (equal_ignoring_case(field.name, name)) return field.value;
    }
    return std::nullopt;
}

std::optional<std::string> joined_field(const Fields& fields, std::string_view name) {
    std::optional<std::string> joined;
    for (const Field& field : fields) {
        if (!equal_ignoring_case(field.name, name)) continue;
        if (joined) {
            joined->append(", ").append(field.value);
        } else {
            joined.emplace(field.value);
        }
    }
    return joined;
}

bool has_token(const Fields& fields, std::string_view name, std::string_view token) noexcept {
    return std::any_of(fields.begin(), fields.end(), [&](const Field& field) {
        return equal_ignoring_case(field.name, name) && list_has(field.value, token);
    });
}

}  // namespace weft
