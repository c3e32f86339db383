#include "plan/member_path.hpp"

#include <algorithm>

#include "json/locate.hpp"

namespace weft {
namespace {

// Paths of this kind cross arrays by themselves.
std::string without_brackets(std::string_view text) {
    std::string plain;
    bool inside = false;
    for (const char c : text) {
        if (c == '[') inside = true;
        if (!inside) plain += c;
        if (c == ']') inside = false;
    }
    return plain;
}

}  // namespace

OrFault<std::vector<std::string>> parse_member_path(std::string_view text) {
    if (const auto at = text.find("${"); at != std::string_view::npos) {
        return TextFault{at, "a path of members holds no expression"};
    }
    if (const auto at = text.find_first_of("[]"); at != std::string_view::npos) {
        const std::string plain = without_brackets(text);
        std::string hint = "paths cross arrays by themselves";
        if (!plain.empty()) hint += ": write \"" + plain + "\"";
        return TextFault{at, std::move(hint)};
    }
    std::vector<std::string> names;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t dot = std::min(text.find('.', at), text.size());
        if (dot == at) return TextFault{at, "a path is names with single dots between them"};
        if (names.size() == max_json_depth) {
            return TextFault{at, "a path has at most " + std::to_string(max_json_depth) + " names"};
        }
        names.emplace_back(text.substr(at, dot - at));
        at = dot + 1;
    }
    return names;
}

}  // namespace weft
