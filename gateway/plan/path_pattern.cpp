#include "plan/path_pattern.hpp"

#include <algorithm>
#include <utility>

#include "http/target.hpp"
#include "plan/path_literal.hpp"

namespace weft {
namespace {

struct Part {
    std::string_view text;
    std::size_t offset = 0;
    bool is_last = false;
};

OrFault<PatternSegment> parse_parameter(const Part& part) {
    std::string_view name = part.text.substr(1, part.text.size() - 2);
    const bool is_rest = name.ends_with("...");
    if (is_rest) name.remove_suffix(3);
    if (!is_parameter_name(name)) {
        return TextFault{
            part.offset, "a parameter is written {name}, of letters, digits and \"_\""};
    }
    if (is_rest && !part.is_last) {
        return TextFault{
            part.offset, "\"" + std::string{part.text} + "\" can only be the last segment"};
    }
    return PatternSegment{is_rest ? SegmentKind::rest : SegmentKind::parameter, std::string{name}};
}

OrFault<PatternSegment> parse_literal(const Part& part) {
    const std::size_t expression = part.text.find("${");
    if (expression != std::string_view::npos) {
        return TextFault{
            part.offset + expression, "a route's path has parameters, {name}, but no expressions"};
    }
    const std::size_t brace = part.text.find_first_of("{}");
    if (brace != std::string_view::npos) {
        return TextFault{part.offset + brace, "a parameter is a whole segment: /{name}/"};
    }
    auto fault = check_path_literal(part.text);
    if (!fault) fault = check_literal_segment(part.text);
    if (fault) {
        fault->offset += part.offset;
        return std::move(*fault);
    }
    return PatternSegment{SegmentKind::literal, percent_decode(part.text)};
}

OrFault<PatternSegment> parse_segment(const Part& part) {
    if (part.text.empty() && !part.is_last) {
        return TextFault{part.offset, "a path cannot hold an empty segment (\"//\")"};
    }
    const bool in_braces = part.text.starts_with('{') && part.text.ends_with('}') &&
                           part.text.find_first_of("{}", 1) == part.text.size() - 1;
    return in_braces ? parse_parameter(part) : parse_literal(part);
}

bool has_parameter(const PathPattern& pattern, const PatternSegment& wanted) {
    if (wanted.kind == SegmentKind::literal) return false;
    return std::any_of(
        pattern.segments.begin(),
        pattern.segments.end(),
        [&wanted](const PatternSegment& segment) {
            return segment.kind != SegmentKind::literal && segment.text == wanted.text;
        }
    );
}

}  // namespace

OrFault<PathPattern> parse_path_pattern(std::string_view path) {
    if (!path.starts_with('/')) return TextFault{0, "a path begins with \"/\""};
    PathPattern pattern;
    std::size_t begin = 1;
    for (bool is_last = false; !is_last;) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        is_last = end == path.size();
        auto parsed = parse_segment({path.substr(begin, end - begin), begin, is_last});
        if (auto* fault = std::get_if<TextFault>(&parsed)) return std::move(*fault);
        auto& segment = std::get<PatternSegment>(parsed);
        if (has_parameter(pattern, segment)) {
            return TextFault{
                begin, "the parameter \"" + segment.text + "\" stands twice in the path"};
        }
        if (pattern.segments.size() == max_pattern_segments) {
            const std::string most = std::to_string(max_pattern_segments);
            return TextFault{begin, "a route's path has at most " + most + " segments"};
        }
        pattern.segments.push_back(std::move(segment));
        begin = end + 1;
    }
    return pattern;
}

}  // namespace weft
