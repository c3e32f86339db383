// A JSON value as a range of the text it came with: never parsed further than somebody asks.
#pragma once

#include <cstdint>
#include <string_view>

namespace weft {

enum class JsonType : std::uint8_t { null, boolean, number, string, array, object };

struct JsonValue {
    JsonType type = JsonType::null;
    std::string_view
        text;  // of the document, quotes and brackets included, without surrounding white space
};

// The type of a valid value, which its first byte tells.
constexpr JsonType json_type(char first) noexcept {
    switch (first) {
        case 'n':
            return JsonType::null;
        case 't':
        case 'f':
            return JsonType::boolean;
        case '"':
            return JsonType::string;
        case '[':
            return JsonType::array;
        case '{':
            return JsonType::object;
        default:
            return JsonType::number;
    }
}

}  // namespace weft
