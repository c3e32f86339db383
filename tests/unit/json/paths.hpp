// Short spellings for tests: path("orders[*].id[0]"), and what a document holds at such a path.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "json/locate.hpp"

namespace weft {

// Names are taken as they stand: no dot or bracket in them.
inline JsonPath path(std::string_view text) {
    JsonPath result;
    while (!text.empty()) {
        if (text.starts_with("[*]")) {
            result.emplace_back(EveryElement{});
            text.remove_prefix(3);
        } else if (text.front() == '[') {
            result.emplace_back(ElementIndex{
                static_cast<std::uint32_t>(std::stoul(std::string{text.substr(1)}))});
            text.remove_prefix(text.find(']') + 1);
        } else {
            if (text.front() == '.') text.remove_prefix(1);
            const std::string_view name = text.substr(0, text.find_first_of(".["));
            result.emplace_back(MemberName{std::string{name}});
            text.remove_prefix(name.size());
        }
    }
    return result;
}

// The texts of the values of one path.
inline std::vector<std::string> texts(const Located& located, PathId id) {
    std::vector<std::string> result;
    for (const JsonValue& value : located.at(id)) result.emplace_back(value.text);
    return result;
}

inline Located located_in(std::string_view text, const PathSet& paths) {
    Located located;
    locate(text, paths, located);
    return located;
}

inline void PrintTo(JsonError error, std::ostream* out) {
    constexpr std::string_view names[] = {"none", "syntax", "utf8", "too_deep", "duplicate_key"};
    *out << names[static_cast<std::size_t>(error)];
}

}  // namespace weft
