// Looks for the values of a path the slow way: in the tree of a second reader.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "fuzz/grammar/json.hpp"
#include "json/path.hpp"

namespace weft::fuzz {

// `orders[*].id[0]`; whatever cannot be read so ends the path. At most `most_segments`.
inline constexpr std::size_t most_segments = 8;
JsonPath read_path(std::string_view text);

struct Walked {
    std::vector<std::string_view> values;  // in document order
    bool not_a_list = false;
    // Where the second of two members stands that have the name that is asked for.
    std::optional<std::size_t> duplicate;
};

// `document` is the text that `root` is in.
Walked walk(const grammar::JsonNode& root, const JsonPath& path, std::string_view document);

}  // namespace weft::fuzz
