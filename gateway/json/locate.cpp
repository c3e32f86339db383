#include "json/locate.hpp"

#include <limits>

#include "json/scan.hpp"
#include "json/text.hpp"

namespace weft {

namespace {

// `key` with its quotes, validated.
bool key_is(std::string_view key, bool has_escapes, std::string_view name) noexcept {
    if (has_escapes) return json_string_equals(key, name);
    return key.size() == name.size() + 2 && key.substr(1, name.size()) == name;
}

}  // namespace

// Walks the document and the trie of paths together. What no path goes into is left to the scanner.
// A value's matches are the top of Located::matches_, from `first` on.
class Locator {
  public:
    Locator(std::string_view text, const PathSet& paths, Located& located) noexcept
        : begin_{text.data()},
          end_{text.data() + text.size()},
          nodes_{paths.nodes()},
          paths_{paths},
          located_{located} {}

    void run() {
        located_.reset({begin_, static_cast<std::size_t>(end_ - begin_)}, paths_);
        constexpr auto too_long = std::numeric_limits<std::uint32_t>::max();
        if (end_ - begin_ >= too_long) return located_.fail(JsonError::syntax, too_long);
        located_.matches_.push_back({0, 0});
        const char* const at = skip_space(begin_, end_);
        const bool looks_for_nothing = nodes_.size() == 1 && paths_.size() == 0;
        const Scanned root = looks_for_nothing ? scan_value(at, end_, 0) : matched_value(at, 0, 0);
        if (root.error != JsonError::none) return located_.fail(root.error, offset(root.at));
        const char* const rest = skip_space(root.at, end_);
        if (rest != end_) return located_.fail(JsonError::syntax, offset(rest));
        located_.root = {json_type(*at), {at, static_cast<std::size_t>(root.at - at)}};
        if (located_.any_no_array_) spread_no_array();
    }

  private:
    std::uint32_t offset(const char* at) const noexcept {
        return static_cast<std::uint32_t>(at - begin_);
    }

    // The slot is taken before the value is read: nested values end first, but stand later.
    Scanned matched_value(const char* at, std::size_t first, std::size_t depth) {
        auto& matches = located_.matches_;
        const std::size_t last = matches.size();
        for (std::size_t i = first; i != last; ++i) {
            const auto path = nodes_[matches[i].node].path;
            if (!path) continue;
            auto& values = located_.found_[*path];
            matches[i].slot = static_cast<std::uint32_t>(values.size());
            values.push_back({offset(at), 0});
        }
        const Scanned value = read_value(at, first, depth);
        for (std::size_t i = first; i != last; ++i) {
            const auto path = nodes_[matches[i].node].path;
            if (path) located_.found_[*path][matches[i].slot].end = offset(value.at);
        }
        return value;
    }

    Scanned read_value(const char* at, std::size_t first, std::size_t depth) {
        const bool is_array = at != end_ && *at == '[';
        const bool is_object = at != end_ && *at == '{';
        bool goes_on = false;
        for (std::size_t i = first; i != located_.matches_.size(); ++i) {
            const PathNodeId node = located_.matches_[i].node;
            const PathNode& place = nodes_[node];
            goes_on = goes_on || (is_object && !place.members.empty()) ||
                      (is_array && (place.every != 0 || !place.elements.empty()));
            if (place.every != 0 && !is_array) {
                located_.no_array_[node] = 1;
                located_.any_no_array_ = true;
            }
        }
        if (!goes_on) return scan_value(at, end_, depth);
        if (depth == max_json_depth) return {at, JsonError::too_deep};
        return is_array ? read_array(at, first, depth) : read_object(at, first, depth);
    }

    Scanned read_array(const char* at, std::size_t first, std::size_t depth) {
        const std::size_t last = located_.matches_.size();
        std::uint32_t index = 0;
        return scan_array(at, end_, [&](const char* element) {
            match_element(index++, first, last);
            return read_child(element, last, depth + 1);
        });
    }

    Scanned read_object(const char* at, std::size_t first, std::size_t depth) {
        const std::size_t last = located_.matches_.size();
        const std::uint32_t object = offset(at) + 1;
        return scan_object(
            at,
            end_,
            [&](const char* key, const char* key_end, const char* value) -> Scanned {
                const std::string_view name{key, static_cast<std::size_t>(key_end - key)};
                for (std::size_t i = first; i != last; ++i) {
                    if (!match_member(name, located_.matches_[i].node, object)) {
                        return {key, JsonError::duplicate_key};
                    }
                }
                return read_child(value, last, depth + 1);
            }
        );
    }

    // Reads the value whose matches begin at `first`, and drops them.
    Scanned read_child(const char* at, std::size_t first, std::size_t depth) {
        if (located_.matches_.size() == first) return scan_value(at, end_, depth);
        const Scanned value = matched_value(at, first, depth);
        located_.matches_.resize(first);
        return value;
    }

    // Pushes the child of `node` with that name. False: it has been there before in the same
    // object.
    bool match_member(std::string_view key, PathNodeId node, std::uint32_t object) {
        const auto& members = nodes_[node].members;
        if (members.empty()) return true;
        const bool has_escapes = key.find('\\') != std::string_view::npos;
        for (const PathNode::Member& member : members) {
            if (!key_is(key, has_escapes, member.name)) continue;
            if (located_.met_in_[member.child] == object) return false;
            located_.met_in_[member.child] = object;
            located_.matches_.push_back({member.child, 0});
            return true;
        }
        return true;
    }

    void match_element(std::uint32_t index, std::size_t first, std::size_t last) {
        auto& matches = located_.matches_;
        for (std::size_t i = first; i != last; ++i) {
            const PathNode& place = nodes_[matches[i].node];
            if (place.every != 0) matches.push_back({place.every, 0});
            for (const PathNode::Element& element : place.elements) {
                if (element.index == index) matches.push_back({element.child, 0});
            }
        }
    }

    // From the nodes where an array was missed to the paths that needed it.
    void spread_no_array() {
        for (PathId path = 0; path != paths_.size(); ++path) {
            for (PathNodeId node = paths_.end_of(path); node != 0; node = nodes_[node].parent) {
                const PathNodeId parent = nodes_[node].parent;
                const bool missed = nodes_[parent].every == node && located_.no_array_[parent] != 0;
                if (missed) located_.not_lists_[path] = 1;
            }
        }
    }

    const char* begin_;
    const char* end_;
    const std::vector<PathNode>& nodes_;
    const PathSet& paths_;
    Located& located_;
};

void locate(std::string_view text, const PathSet& paths, Located& located) {
    Locator{text, paths, located}.run();
}

}  // namespace weft
