#include "json/elements.hpp"

#include <algorithm>
#include <type_traits>

#include "json/scan.hpp"

namespace weft {

namespace {

// At the opening quote.
const char* string_end(const char* at, const char* end) noexcept {
    for (++at; at != end; ++at) {
        if (*at == '"') return at + 1;
        if (*at == '\\' && ++at == end) return end;
    }
    return end;
}

const char* container_end(const char* at, const char* end) noexcept {
    std::size_t open = 0;
    while (at != end) {
        switch (*at) {
            case '"':
                at = string_end(at, end);
                continue;
            case '[':
            case '{':
                ++open;
                break;
            case ']':
            case '}':
                if (--open == 0) return at + 1;
                break;
            default:
                break;
        }
        ++at;
    }
    return end;
}

const char* value_end(const char* at, const char* end) noexcept {
    switch (*at) {
        case '"':
            return string_end(at, end);
        case '[':
        case '{':
            return container_end(at, end);
        default:
            return std::find_if(at, end, [](char c) {
                return c == ',' || c == ']' || c == '}' || is_json_space(c);
            });
    }
}

std::string_view between(const char* begin, const char* end) noexcept {
    return {begin, static_cast<std::size_t>(end - begin)};
}

JsonValue value_at(const char* at, const char* end) noexcept {
    return {json_type(*at), between(at, value_end(at, end))};
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
        const char* const name_end = value_end(at, end);
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
