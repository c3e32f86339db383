// Which values of a document somebody wants: RFC 9535 child segments, an index, or every element.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace weft {

struct MemberName {
    std::string name;  // decoded
    bool operator==(const MemberName&) const = default;
};
struct ElementIndex {
    std::uint32_t index;  // from 0
    bool operator==(const ElementIndex&) const = default;
};
struct EveryElement {
    bool operator==(const EveryElement&) const = default;
};

using PathSegment = std::variant<MemberName, ElementIndex, EveryElement>;
using JsonPath = std::vector<PathSegment>;  // empty: the whole document

}  // namespace weft
