// Random shapes of random documents, compared with the slow way on a DOM.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "unit/json/shape_keys.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

std::string dotted(const std::string& above, const std::string& name) {
    return above.empty() ? name : above + "." + name;
}

bool is_or_begins(std::string_view path, std::string_view above) {
    return path.starts_with(above) &&
           (path.size() == above.size() || above.empty() || path[above.size()] == '.');
}

struct SlowShape {
    const ShapeKeys& keys;

    bool is_covered(const std::string& path) const {
        return keys.select.empty() || std::ranges::any_of(keys.select, [&](const auto& selected) {
                   return is_or_begins(path, selected);
               });
    }
    bool is_sent(const std::string& path) const {
        if (std::ranges::count(keys.omit, path) > 0) return false;
        return is_covered(path) || std::ranges::any_of(keys.select, [&](const auto& selected) {
                   return is_or_begins(selected, path);
               });
    }
    const std::string* renamed(const std::string& path) const {
        for (const auto& [from, to] : keys.rename) {
            if (from == path) return &to;
        }
        return nullptr;
    }

    Json send(const Json& value, const std::string& path) const {
        if (value.is_array()) {
            Json sent = Json::array();
            for (const auto& element : value) sent.push_back(send(element, path));
            return sent;
        }
        if (!value.is_object()) return is_covered(path) ? value : Json{};
        Json sent = Json::object();
        for (const auto& [name, member] : value.items()) {
            const std::string at = dotted(path, name);
            if (!is_sent(at)) continue;
            const std::string* other = renamed(at);
            bool gives_way = false;
            for (const auto& [sibling, ignored] : value.items()) {
                const std::string beside = dotted(path, sibling);
                const std::string* target = is_sent(beside) ? renamed(beside) : nullptr;
                gives_way = gives_way || (other == nullptr && target != nullptr && *target == name);
            }
            if (!gives_way) sent[other != nullptr ? *other : name] = send(member, at);
        }
        return sent;
    }
};

class Maker {
  public:
    explicit Maker(std::uint32_t seed) : random_{seed} {}

    Json value(int depth) {
        switch (pick(depth > 4 ? 3 : 6)) {
            case 0:
                return pick(1000);
            case 1:
                return "t\"{[" + std::to_string(pick(9)) + "\\";
            case 2:
                return nullptr;
            case 3: {
                Json array = Json::array();
                for (int i = pick(4); i > 0; --i) array.push_back(value(depth + 1));
                return array;
            }
            default: {
                Json object = Json::object();
                for (int i = pick(6); i > 0; --i) object[name()] = value(depth + 1);
                return object;
            }
        }
    }
    // Without what a route file must not hold.
    ShapeKeys keys() {
        ShapeKeys keys;
        for (int i = pick(4); i > 0; --i) add(keys.select, path());
        for (int i = pick(4); i > 0; --i) {
            const std::string omitted = path();
            const bool contradicts = std::ranges::any_of(keys.select, [&](const auto& selected) {
                return is_or_begins(selected, omitted);
            });
            if (!contradicts) add(keys.omit, omitted);
        }
        for (int i = pick(3); i > 0; --i) {
            const std::string at = path();
            const std::string above = at.substr(0, at.rfind('.') + 1);
            const std::string to = name();
            const bool taken = std::ranges::any_of(keys.rename, [&](const auto& other) {
                const auto& [from, other_to] = other;
                return from == at ||
                       (from.substr(0, from.rfind('.') + 1) == above && other_to == to);
            });
            if (!taken && dotted(above.substr(0, above.empty() ? 0 : above.size() - 1), to) != at) {
                keys.rename.emplace_back(at, to);
            }
        }
        return keys;
    }

  private:
    int pick(int below) { return std::uniform_int_distribution<>{0, below - 1}(random_); }
    std::string name() { return std::string(1, static_cast<char>('a' + pick(5))); }
    std::string path() {
        std::string path = name();
        for (int i = pick(3); i > 0; --i) path += "." + name();
        return path;
    }
    static void add(std::vector<std::string>& paths, const std::string& path) {
        const bool covered = std::ranges::any_of(paths, [&](const auto& other) {
            return is_or_begins(path, other) || is_or_begins(other, path);
        });
        if (!covered) paths.push_back(path);
    }

    std::mt19937 random_;
};

TEST(RandomShapes, SendsWhatASlowReferenceSends) {
    for (std::uint32_t seed = 0; seed < 3'000; ++seed) {
        Maker maker{seed};
        const Json value = maker.value(0);
        const ShapeKeys keys = maker.keys();
        const std::string source = value.dump(seed % 3 == 0 ? 1 : -1);
        const std::string sent = shaped(source, keys);
        const Json expected = shape_of(keys).empty() ? value : SlowShape{keys}.send(value, "");
        ASSERT_TRUE(Json::accept(sent)) << seed << ' ' << source << ' ' << sent;
        ASSERT_EQ(Json::parse(sent).dump(), expected.dump()) << seed << ' ' << source;
    }
}

}  // namespace
}  // namespace weft
