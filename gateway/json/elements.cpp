#include "json/elements.hpp"

#include <type_traits>

#include "json/scan.hpp"
#include "json/skip.hpp"

namespace weft {

namespace {

std::string_view between(const char* begin, const char* end) noexcept {
    return {begin, static_cast<std::size_t>(end - begin)};
}

JsonValue value_at(const char* at, const char* end) noexcept {
    return {json_type(*at), between(at, skip_value(at, end))};
}

// Over white space and at most one separator.
const char* skip_separator(const char* at, const char* end, char separator) noexcept {
    at = skip_space(at, end);
    if (at != end && *at == separator) at = skip_space(at + 1, end);
    return at;
}

}  // namespace

template <class Item>
JsonItems<Item>::JsonItems(std::string_view text) noexcept {
    constexpr char open = std::is_same_v<Item, JsonMember> ? '{' : '[';
    if (text.starts_with(open)) inside_ = text.substr(1);
}

template <class Item>
void JsonItems<Item>::Iterator::read() noexcept {
    const char* const end = rest_.data() + rest_.size();
    const char* at = skip_separator(rest_.data(), end, ',');
    at_ = nullptr;
    if (at == end || *at == ']' || *at == '}') return;
    at_ = at;
    if constexpr (std::is_same_v<Item, JsonMember>) {
        const char* const name_end = skip_value(at, end);
        item_.name = between(at, name_end);
        at = skip_separator(name_end, end, ':');
        if (at == end) {
            at_ = nullptr;
            return;
        }
        item_.value = value_at(at, end);
        rest_ = between(item_.value.text.data() + item_.value.text.size(), end);
    } else {
        item_ = value_at(at, end);
        rest_ = between(item_.text.data() + item_.text.size(), end);
    }
}

template class JsonItems<JsonValue>;
template class JsonItems<JsonMember>;

}  // namespace weft
