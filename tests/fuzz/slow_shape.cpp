#include "fuzz/slow_shape.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "json/text.hpp"

namespace weft::fuzz {
namespace {

using grammar::JsonNode;

constexpr std::size_t most_words = 12;

bool is_or_begins(std::string_view path, std::string_view above) {
    return path.starts_with(above) && (path.size() == above.size() || path[above.size()] == '.');
}

std::pair<std::string_view, std::string_view> split_last_name(std::string_view path) {
    const auto dot = path.rfind('.');
    if (dot == std::string_view::npos) return {"", path};
    return {path.substr(0, dot), path.substr(dot + 1)};
}

// Names are not empty, so that a path says one thing only.
bool is_path(std::string_view path) {
    return !path.empty() && path.front() != '.' && path.back() != '.' &&
           path.find("..") == std::string_view::npos;
}

void add_select(ShapeKeys& keys, std::string path) {
    const bool repeats = std::ranges::any_of(keys.select, [&](const auto& other) {
        return is_or_begins(path, other) || is_or_begins(other, path);
    });
    const bool contradicts = std::ranges::any_of(keys.omit, [&](const auto& omitted) {
        return is_or_begins(path, omitted);
    });
    if (!repeats && !contradicts) keys.select.push_back(std::move(path));
}

void add_omit(ShapeKeys& keys, std::string path) {
    const bool contradicts = std::ranges::any_of(keys.select, [&](const auto& selected) {
        return is_or_begins(selected, path);
    });
    if (!contradicts) keys.omit.push_back(std::move(path));
}

void add_rename(ShapeKeys& keys, std::string path, std::string name) {
    const std::string_view above = split_last_name(path).first;
    const bool taken = std::ranges::any_of(keys.rename, [&](const auto& other) {
        return other.first == path ||
               (split_last_name(other.first).first == above && other.second == name);
    });
    if (!taken && !name.empty() && split_last_name(path).second != name)
        keys.rename.emplace_back(std::move(path), std::move(name));
}

void add_word(ShapeKeys& keys, std::string_view word) {
    const auto colon = word.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = word.substr(0, colon);
    const std::string_view rest = word.substr(colon + 1);
    const std::string_view path = rest.substr(0, rest.find('='));
    if (!is_path(path)) return;
    if (key == "select") add_select(keys, std::string{path});
    if (key == "omit") add_omit(keys, std::string{path});
    if (key == "rename" && path.size() < rest.size()) {
        add_rename(keys, std::string{path}, std::string{rest.substr(path.size() + 1)});
    }
}

class SlowShape {
  public:
    explicit SlowShape(const ShapeKeys& keys) : keys_{keys} {}

    std::string send(const JsonNode& node, const std::string& path) const {
        std::string out;
        if (node.is_array()) {
            for (const JsonNode& element : node.elements) {
                out += (out.empty() ? "" : ",") + send(element, path);
            }
            return "[" + out + "]";
        }
        if (!node.is_object()) return is_covered(path) ? std::string{node.text} : "null";
        for (const auto& member : node.members) {
            const auto sent = send_member(node, member, path);
            if (sent) out += (out.empty() ? "" : ",") + *sent;
        }
        return "{" + out + "}";
    }

  private:
    // Nothing for a name that no path can be: half of a surrogate pair, a dot.
    static std::optional<std::string> below(const std::string& path, std::string_view name) {
        const auto plain = grammar::characters(name);
        if (!plain || !is_path(*plain) || plain->find('.') != std::string::npos)
            return std::nullopt;
        return path.empty() ? *plain : path + "." + *plain;
    }

    bool is_covered(const std::string& path) const {
        return keys_.select.empty() || std::ranges::any_of(keys_.select, [&](const auto& selected) {
                   return is_or_begins(path, selected);
               });
    }

    bool is_sent(const std::string& path) const {
        const bool omitted = std::ranges::any_of(keys_.omit, [&](const auto& each) {
            return is_or_begins(path, each);
        });
        return !omitted &&
               (is_covered(path) || std::ranges::any_of(keys_.select, [&](const auto& selected) {
                    return is_or_begins(selected, path);
                }));
    }

    const std::string* renamed(const std::string& path) const {
        for (const auto& [from, to] : keys_.rename) {
            if (from == path) return &to;
        }
        return nullptr;
    }

    // Whether a member of the object that is sent takes the name of this one.
    bool gives_way(const JsonNode& object, const std::string& path, std::string_view name) const {
        const auto plain = grammar::characters(name);
        return std::ranges::any_of(object.members, [&](const auto& other) {
            const auto at = below(path, other.name);
            const std::string* const taken = at && is_sent(*at) ? renamed(*at) : nullptr;
            return taken != nullptr && *taken == plain;
        });
    }

    std::optional<std::string> send_member(
        const JsonNode& object, const grammar::JsonMemberNode& member, const std::string& path
    ) const {
        const auto at = below(path, member.name);
        const std::string name{member.name};
        if (!at) {
            const bool sent = is_covered(path) && !gives_way(object, path, member.name);
            return sent ? std::optional{name + ":" + compact(member.value)} : std::nullopt;
        }
        if (!is_sent(*at)) return std::nullopt;
        const std::string* const other = renamed(*at);
        if (other == nullptr && gives_way(object, path, member.name)) return std::nullopt;
        std::string sent_name;
        if (other != nullptr) append_json_string(sent_name, *other);
        return (other != nullptr ? sent_name : name) + ":" + send(member.value, *at);
    }

    const ShapeKeys& keys_;
};

}  // namespace

ShapeKeys read_keys(std::string_view line) {
    ShapeKeys keys;
    for (std::size_t words = 0; !line.empty() && words < most_words; ++words) {
        const std::string_view word = line.substr(0, line.find(' '));
        add_word(keys, word);
        line.remove_prefix(std::min(word.size() + 1, line.size()));
    }
    return keys;
}

std::string compact(const JsonNode& node) {
    if (!node.is_array() && !node.is_object()) return std::string{node.text};
    std::string out;
    for (const JsonNode& element : node.elements)
        out += (out.empty() ? "" : ",") + compact(element);
    for (const auto& member : node.members) {
        out += (out.empty() ? "" : ",") + std::string{member.name} + ":" + compact(member.value);
    }
    return node.is_array() ? "[" + out + "]" : "{" + out + "}";
}

std::string shaped_slowly(const JsonNode& root, const ShapeKeys& keys) {
    return SlowShape{keys}.send(root, "");
}

}  // namespace weft::fuzz
