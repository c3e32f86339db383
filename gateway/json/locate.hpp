// One pass over a document: validates all of it (RFC 8259, UTF-8, depth, nothing after the value) and notes where the
// values of a set of paths stand. No DOM, no copies, no conversion of numbers: a value is a range of the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "json/path.hpp"

namespace weft {

enum class JsonType : std::uint8_t { null, boolean, number, string, array, object };

struct JsonValue {
    JsonType type = JsonType::null;
    std::string_view text;  // of the document, quotes and brackets included, without surrounding white space
};

using PathId = std::uint16_t;

// The paths that are looked for in one kind of document, compiled once into a trie and then shared by every request.
class PathSet {
  public:
    // The id of the path; the same path has the same id. Paths are added before the first locate() only.
    PathId add(const JsonPath& path);
    std::size_t size() const noexcept;
};

enum class JsonError : std::uint8_t { none, syntax, utf8, too_deep, duplicate_key };

// The values found, by path id, in document order. Reused from one document to the next without new allocations.
class Located {
  public:
    JsonError error = JsonError::none;
    std::size_t error_offset = 0;  // bytes from the start

    bool ok() const noexcept { return error == JsonError::none; }
    // The values at that path: none if it is absent, at most one unless the path has an EveryElement.
    std::span<const JsonValue> at(PathId path) const noexcept;
    // Whether an EveryElement of that path met something that is not an array (absent is not meant).
    bool not_a_list(PathId path) const noexcept;
    JsonValue root;
};

inline constexpr std::size_t max_json_depth = 64;

// `text` must outlive `located`. duplicate_key: a member that a path names stands twice in its object; the other
// members may repeat.
void locate(std::string_view text, const PathSet& paths, Located& located);

}  // namespace weft
