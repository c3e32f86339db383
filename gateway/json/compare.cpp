#include "json/compare.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "json/elements.hpp"
#include "json/text.hpp"

namespace weft {
namespace {

// The characters of a JSON string in an encoding that keeps the order of code points, lone
// surrogates included.
std::string characters_of(std::string_view string) {
    std::string characters;
    append_json_characters(characters, string);
    return characters;
}

bool same_text(std::string_view a, std::string_view b) {
    const auto has_escapes = [](std::string_view text) {
        return text.find('\\') != std::string_view::npos;
    };
    if (!has_escapes(a) && !has_escapes(b)) return a == b;
    return characters_of(a) == characters_of(b);
}

bool same_elements(std::string_view a, std::string_view b) {
    const JsonElements left{a};
    const JsonElements right{b};
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), json_equal);
}

using Members = std::vector<std::pair<std::string, JsonValue>>;

// By name; of members of one name their order stays.
Members sorted_members(std::string_view object) {
    Members members;
    for (const JsonMember& member : JsonMembers{object}) {
        members.emplace_back(characters_of(member.name), member.value);
    }
    std::ranges::stable_sort(members, {}, &Members::value_type::first);
    return members;
}

bool same_members(std::string_view a, std::string_view b) {
    return std::ranges::equal(
        sorted_members(a),
        sorted_members(b),
        [](const auto& left, const auto& right) {
            return left.first == right.first && json_equal(left.second, right.second);
        }
    );
}

}  // namespace

bool json_equal(const JsonValue& a, const JsonValue& b) {
    if (a.type != b.type) return false;
    switch (a.type) {
        case JsonType::null:
            return true;
        case JsonType::boolean:
            return a.text == b.text;
        case JsonType::number:
            return compare_json_numbers(a.text, b.text) == 0;
        case JsonType::string:
            return same_text(a.text, b.text);
        case JsonType::array:
            return same_elements(a.text, b.text);
        case JsonType::object:
            return same_members(a.text, b.text);
    }
    return false;
}

bool json_less(const JsonValue& a, const JsonValue& b) {
    if (a.type != b.type) return false;
    if (a.type == JsonType::number) return compare_json_numbers(a.text, b.text) < 0;
    return a.type == JsonType::string && characters_of(a.text) < characters_of(b.text);
}

}  // namespace weft
