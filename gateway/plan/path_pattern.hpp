// The path of a route, as a sequence of segments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plan/text_fault.hpp"

namespace weft {

enum class SegmentKind : std::uint8_t { literal, parameter, rest };

struct PatternSegment {
    SegmentKind kind = SegmentKind::literal;
    std::string text;  // of a literal: percent-decoded; else the parameter's name
};

struct PathPattern {
    std::vector<PatternSegment> segments;
};

inline constexpr std::size_t max_pattern_segments = 64;

// `/`, `/orders/{id}`, `/files/{path...}`: each segment a literal or a parameter, the last one
// maybe the rest, which may be empty. A trailing slash is an empty last segment.
OrFault<PathPattern> parse_path_pattern(std::string_view path);

}  // namespace weft
