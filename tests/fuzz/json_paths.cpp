#include "fuzz/json_paths.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace weft::fuzz {
namespace {

using grammar::JsonNode;

class Walk {
  public:
    Walk(const JsonPath& path, std::string_view document) : path_{path}, document_{document} {}

    void go(const JsonNode& node, std::size_t segment) {
        if (segment == path_.size()) {
            walked.values.push_back(node.text);
        } else if (const auto* member = std::get_if<MemberName>(&path_[segment])) {
            into_member(node, member->name, segment);
        } else if (const auto* index = std::get_if<ElementIndex>(&path_[segment])) {
            if (index->index < node.elements.size()) go(node.elements[index->index], segment + 1);
        } else {
            walked.not_a_list = walked.not_a_list || !node.is_array();
            for (const JsonNode& element : node.elements) go(element, segment + 1);
        }
    }

    Walked walked;

  private:
    void into_member(const JsonNode& node, std::string_view name, std::size_t segment) {
        bool met = false;
        for (const auto& member : node.members) {
            if (grammar::characters(member.name) != name) continue;
            if (met) note_duplicate(member.name);
            met = true;
            go(member.value, segment + 1);
        }
    }

    void note_duplicate(std::string_view name) {
        const auto at = static_cast<std::size_t>(name.data() - document_.data());
        walked.duplicate = std::min(walked.duplicate.value_or(at), at);
    }

    const JsonPath& path_;
    std::string_view document_;
};

}  // namespace

JsonPath read_path(std::string_view text) {
    JsonPath path;
    while (!text.empty() && path.size() < most_segments) {
        if (text.starts_with("[*]")) {
            path.push_back(EveryElement{});
            text.remove_prefix(3);
        } else if (text.front() == '[') {
            std::uint32_t index = 0;
            const auto read = std::from_chars(text.data() + 1, text.data() + text.size(), index);
            const auto taken = static_cast<std::size_t>(read.ptr - text.data());
            if (read.ec != std::errc{} || !text.substr(taken).starts_with(']')) return path;
            path.push_back(ElementIndex{index});
            text.remove_prefix(taken + 1);
        } else {
            if (text.front() == '.') text.remove_prefix(1);
            const std::string_view name = text.substr(0, text.find_first_of(".["));
            path.push_back(MemberName{std::string{name}});
            text.remove_prefix(name.size());
        }
    }
    return path;
}

Walked walk(const grammar::JsonNode& root, const JsonPath& path, std::string_view document) {
    Walk all{path, document};
    all.go(root, 0);
    return std::move(all.walked);
}

}  // namespace weft::fuzz
