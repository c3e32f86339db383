// locate() and what reads its values, held against a second reader of RFC 8259: the same verdict at
// the same byte, the same ranges, the same characters. The first line names the paths that are
// looked for, the rest is the document.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/grammar/json.hpp"
#include "fuzz/json_paths.hpp"
#include "fuzz/target.hpp"
#include "json/compare.hpp"
#include "json/elements.hpp"
#include "json/locate.hpp"
#include "json/text.hpp"

namespace weft::fuzz {

// The second reader's tree is what takes the memory.
const Budget budget{.memory_per_byte = 1000};

namespace {

using grammar::JsonNode;

constexpr std::size_t most_paths = 8;

struct Asked {
    std::vector<JsonPath> paths;
    std::vector<PathId> ids;
    PathSet set;
};

Asked read_paths(std::string_view line) {
    Asked asked;
    while (!line.empty() && asked.paths.size() < most_paths) {
        const std::string_view word = line.substr(0, line.find(' '));
        asked.paths.push_back(read_path(word));
        asked.ids.push_back(asked.set.add(asked.paths.back()));
        line.remove_prefix(std::min(word.size() + 1, line.size()));
    }
    return asked;
}

void require_same_strings(std::string_view string) {
    const auto ours = decode_json_string(string);
    require(ours == grammar::characters(string), "the characters of a string");
    if (!ours) return;
    require(json_string_equals(string, *ours), "a string equals its characters");
    std::string again;
    append_json_string(again, *ours);
    require(grammar::characters(again) == ours, "written again, the same characters");
}

void require_same_items(const JsonNode& node) {
    std::size_t count = 0;
    for (const JsonValue& element : JsonElements{node.text}) {
        require(count < node.elements.size(), "no element more");
        require(element.text == node.elements[count++].text, "an element's range");
    }
    require(count == node.elements.size(), "no element less");
    count = 0;
    for (const JsonMember& member : JsonMembers{node.text}) {
        require(count < node.members.size(), "no member more");
        require(member.name == node.members[count].name, "a member's name");
        require(member.value.text == node.members[count++].value.text, "a member's value");
    }
    require(count == node.members.size(), "no member less");
}

void require_same_tree(const JsonNode& node) {
    const JsonValue value{json_type(node.text.front()), node.text};
    const bool nested = node.is_array() || node.is_object();
    require(scalar_text(value).has_value() != nested || node.is_string(), "a scalar has a text");
    if (node.is_string()) require_same_strings(node.text);
    if (!nested) return;
    require_same_items(node);
    for (const JsonNode& element : node.elements) require_same_tree(element);
    for (const auto& member : node.members) {
        require_same_strings(member.name);
        require_same_tree(member.value);
    }
}

void require_same_values(const Located& located, PathId id, const Walked& walked) {
    const LocatedValues values = located.at(id);
    require(values.size() == walked.values.size(), "the number of values of a path");
    for (std::size_t i = 0; i < values.size(); ++i) {
        // The very place, not only the same bytes.
        require(values[i].text.data() == walked.values[i].data(), "where a value begins");
        require(values[i].text.size() == walked.values[i].size(), "where a value ends");
    }
    require(located.not_a_list(id) == walked.not_a_list, "whether a list was missed");
}

void require_same(
    const Located& located, const Asked& asked, const JsonNode& root, std::string_view text
) {
    std::optional<std::size_t> duplicate;
    std::vector<Walked> all;
    for (const JsonPath& path : asked.paths) {
        all.push_back(walk(root, path, text));
        const auto& found = all.back().duplicate;
        if (found) duplicate = std::min(duplicate.value_or(*found), *found);
    }
    if (duplicate) {
        require(located.error == JsonError::duplicate_key, "a duplicate that is read is refused");
        require(located.error_offset == *duplicate, "where the duplicate is");
        return;
    }
    require(located.ok() && located.root.text == root.text, "valid to both");
    for (std::size_t i = 0; i < all.size(); ++i) require_same_values(located, asked.ids[i], all[i]);
}

}  // namespace

void run(std::string_view bytes) {
    const std::size_t line = std::min(bytes.find('\n'), bytes.size());
    const Asked asked = read_paths(bytes.substr(0, line));
    const std::string_view text = bytes.substr(std::min(line + 1, bytes.size()));
    Located located;
    locate(text, asked.set, located);
    const auto reading = grammar::read_json(text, max_json_depth);
    if (reading.error != JsonError::none) {
        require(!located.ok(), "invalid to both");
        const bool is_duplicate = located.error == JsonError::duplicate_key;
        require(is_duplicate || located.error == reading.error, "why it is invalid");
        require(
            is_duplicate ? located.error_offset < reading.at : located.error_offset == reading.at,
            "where"
        );
        for (const PathId id : asked.ids) require(located.at(id).empty(), "no values of it");
        return;
    }
    require_same(located, asked, reading.root, text);
    require_same_tree(reading.root);
    require(
        json_equal(
            {json_type(reading.root.text.front()), reading.root.text},
            {json_type(reading.root.text.front()), reading.root.text}
        ),
        "it is itself"
    );
}

}  // namespace weft::fuzz
