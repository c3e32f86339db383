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

enum class NodeKind : std::uint8_t {
    null,
    scalar,
    list,
    map,
    refused,  // already reported; readers say nothing more about it
};

struct Node;

struct NodeMember {
    Written<std::string> key;
    const Node* value = nullptr;
};

struct Node {
    NodeKind kind = NodeKind::null;
    Position at;
    bool plain = false;               // a scalar without quotes
    std::string scalar;               // escapes resolved
    std::vector<const Node*> items;   // of a list
    std::vector<NodeMember> members;  // of a map: in the order of the file, keys differ
};

struct YamlTree {
    std::deque<Node> nodes;  // a node may be in several places: an alias is the node it names
    const Node* root = nullptr;
};

// Refuses what YAML allows and yaml-cpp lets pass: duplicate keys, several documents, explicit
// tags, cycles, keys that are not text, octal-looking numbers, an unclosed quote, a plain value
// that YAML cut within `${...}`. Nothing if the file is not YAML at all; nodes that are wrong by
// themselves are `refused`.
std::optional<YamlTree> parse_yaml(const SourceText& source, Diagnostics& diagnostics);

}  // namespace weft
