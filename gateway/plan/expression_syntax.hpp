// A text with `${...}` in it as it is written: names, not indices. What the names mean is found out
// in resolving.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace weft {

enum class SelectorKind : std::uint8_t { name, index, every };

// `.name`, `['name']`, `[2]` or `[*]`.
struct Selector {
    SelectorKind kind = SelectorKind::name;
    std::string name;         // decoded
    std::uint32_t index = 0;  // from 0
    bool in_brackets = false;
    std::size_t offset =
        0;  // of its first character after `.` or `[`, in bytes from the start of the scalar
};

struct PathSyntax {
    std::string root;
    std::vector<Selector> selectors;
    bool optional = false;   // ends with `?`
    std::size_t offset = 0;  // of the root
    std::string text;        // as written, without `${` and `}`
};

// Characters that stand for themselves, in one piece as they stand in the scalar.
struct LiteralSyntax {
    std::string text;
    std::size_t offset = 0;
    bool escaped = false;  // was written `$${`: `text` is `${`
};

using PieceSyntax = std::variant<LiteralSyntax, PathSyntax>;
using TextSyntax = std::vector<PieceSyntax>;

}  // namespace weft
