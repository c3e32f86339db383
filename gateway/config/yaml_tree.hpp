// A YAML document as a tree with the place of every value. What it holds is bounded: 64 levels,
// 100'000 values with every alias followed, no cycles; so it may be walked by recursion.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/source_text.hpp"

namespace weft {

enum class YamlNodeKind : std::uint8_t {
    null,
    scalar,
    list,
    map,
    refused,  // already reported; readers say nothing more about it
};

struct YamlNode;

struct YamlMember {
    Written<std::string> key;
    const YamlNode* value = nullptr;
};

struct YamlNode {
    YamlNodeKind kind = YamlNodeKind::null;
    Position at;
    bool plain = false;                  // a scalar without quotes
    std::string scalar;                  // escapes resolved
    std::vector<const YamlNode*> items;  // of a list
    std::vector<YamlMember> members;     // of a map: in the order of the file, keys differ
};

struct YamlTree {
    std::deque<YamlNode> nodes;  // a node may be in several places: an alias is the node it names
    const YamlNode* root = nullptr;
};

// Refuses what YAML allows and yaml-cpp lets pass: duplicate keys, several documents, explicit
// tags, cycles, keys that are not text, octal-looking numbers, an unclosed quote, a plain value
// that YAML cut within `${...}`. Nothing if the file is not YAML at all; nodes that are wrong by
// themselves are `refused`.
std::optional<YamlTree> parse_yaml(const SourceText& source, Diagnostics& diagnostics);

}  // namespace weft
