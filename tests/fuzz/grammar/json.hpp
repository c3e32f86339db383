// A second reader of JSON, written from the grammar of RFC 8259: a tree of every value with its
// place in the text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/error.hpp"

namespace weft::grammar {

struct JsonMemberNode;

struct JsonNode {
    std::string_view text;                // without surrounding white space
    std::vector<JsonNode> elements;       // of an array
    std::vector<JsonMemberNode> members;  // of an object, in order, equal names included

    bool is_array() const { return text.starts_with('['); }
    bool is_object() const { return text.starts_with('{'); }
    bool is_string() const { return text.starts_with('"'); }
};

struct JsonMemberNode {
    std::string_view name;  // with its quotes
    JsonNode value;
};

struct JsonReading {
    JsonError error = JsonError::none;
    std::size_t at = 0;  // of the error
    JsonNode root;
};

// At most `max_depth` arrays and objects are open at once.
JsonReading read_json(std::string_view text, std::size_t max_depth);

// What a string of the text says, in UTF-8; nothing if it has the escape of a lone surrogate.
std::optional<std::string> characters(std::string_view string);

}  // namespace weft::grammar
