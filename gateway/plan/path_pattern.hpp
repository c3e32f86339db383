// The path of a route, as a sequence of segments.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace weft {

enum class SegmentKind : std::uint8_t { literal, parameter, rest };

struct PatternSegment {
    SegmentKind kind = SegmentKind::literal;
    std::string text;  // of a literal: percent-decoded; else the parameter's name
};

struct PathPattern {
    std::vector<PatternSegment> segments;
};

}  // namespace weft
