#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/locate.hpp"
#include "json/shape_builder.hpp"
#include "json/shape_writer.hpp"
#include "unit/json/paths.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

struct Keys {
    std::vector<std::string> select = {};
    std::vector<std::string> omit = {};
    std::vector<std::pair<std::string, std::string>> rename = {};
};

ShapePath names(std::string_view path) {
    ShapePath names;
    while (!path.empty()) {
        const std::string_view name = path.substr(0, path.find('.'));
        names.emplace_back(name);
        path.remove_prefix(std::min(name.size() + 1, path.size()));
    }
    return names;
}

Shape shape_of(const Keys& keys) {
    ShapeBuilder builder;
    for (const auto& path : keys.select) builder.select(names(path));
    for (const auto& path : keys.omit) builder.omit(names(path));
    for (const auto& [path, name] : keys.rename) builder.rename(names(path), name);
    return std::move(builder).build();
}

std::string shaped(std::string_view value, const Shape& shape, ShapeNodeId at) {
    std::string out;
    write_shaped(value, shape, at, [&out](std::string_view part) { out += part; });
    return out;
}

std::string shaped(std::string_view value, const Keys& keys) {
    const Shape shape = shape_of(keys);
    return shaped(value, shape, shape.root());
}

struct Row {
    Keys keys;
    std::string_view value;
    std::string_view sent;
};

void expect(const std::vector<Row>& rows) {
    for (const Row& row : rows) EXPECT_EQ(shaped(row.value, row.keys), row.sent) << row.value;
}

TEST(Shape, SelectSendsOnlyWhatItNamesInTheOrderAndWithTheBytesOfTheSource) {
    expect({
        {{.select = {"b", "a"}}, R"({"a":1,"x":2,"b":3})", R"({"a":1,"b":3})"},
        {{.select = {"a"}}, R"({ "x" : 0 , "a" : 1.50 , "b" : 3 })", R"({"a" : 1.50 })"},
        {{.select = {"a"}},
         R"({"a":{ "deep" : [1e400,"é\u00e9"] }})",
         R"({"a":{ "deep" : [1e400,"é\u00e9"] }})"},
        {{.select = {"a.b"}}, R"({"a":{"b":1,"c":2},"b":3})", R"({"a":{"b":1}})"},
        {{.select = {"a.b", "a.c"}}, R"({"a":{"b":1,"x":0,"c":2}})", R"({"a":{"b":1,"c":2}})"},
        {{.select = {"none"}}, R"({"a":1})", "{}"},
        {{.select = {"a.b"}}, R"({"a":{}})", R"({"a":{}})"},
    });
}

TEST(Shape, OmitSendsAllButWhatItNames) {
    expect({
        {{.omit = {"a"}}, R"({"a":1,"b":2,"c":3})", R"({"b":2,"c":3})"},
        {{.omit = {"b"}}, R"({"a":1, "b":2, "c":3})", R"({"a":1, "c":3})"},
        {{.omit = {"c"}}, R"({"a":1,"b":2,"c":3})", R"({"a":1,"b":2})"},
        {{.omit = {"a", "b", "c"}}, R"({"a":1,"b":2,"c":3})", "{}"},
        {{.omit = {"a", "b"}}, R"({"a":1,"b":2,"c":3})", R"({"c":3})"},
        {{.omit = {"a.b"}}, R"({"a":{"b":1,"c":[{"b":2}]}})", R"({"a":{"c":[{"b":2}]}})"},
        {{.omit = {"a.b"}}, R"({"a":"text"})", R"({"a":"text"})"},
        {{.omit = {"a"}}, "{}", "{}"},
        {{.omit = {"a"}}, "{ }", "{ }"},
        {{.omit = {"a"}}, "7", "7"},
    });
}

TEST(Shape, SelectedPartsCanHaveOmittedParts) {
    expect({
        {{.select = {"a", "c.d"}, .omit = {"a.b"}},
         R"({"a":{"b":1,"x":2},"b":3,"c":{"d":4,"e":5}})",
         R"({"a":{"x":2},"c":{"d":4}})"},
    });
}

TEST(Shape, CrossesArraysHoweverTheyAreNested) {
    expect({
        {{.omit = {"token"}}, R"([{"token":1,"id":2},[{"token":3}],4])", R"([{"id":2},[{}],4])"},
        {{.select = {"devices.id"}},
         R"({"devices":[{"id":1,"token":2},{"token":3},[],[[{"id":4}]]]})",
         R"({"devices":[{"id":1},{},[],[[{"id":4}]]]})"},
        {{.omit = {"a.b"}}, R"({"a":[ ]})", R"({"a":[ ]})"},
    });
}

TEST(Shape, PutsNullWhereSelectGoesOnBelowAScalar) {
    expect({
        {{.select = {"a.b"}}, R"({"a":"secret"})", R"({"a":null})"},
        {{.select = {"a.b"}}, R"({"a":["secret",{"b":1},null]})", R"({"a":[null,{"b":1},null]})"},
        {{.select = {"a"}}, R"("secret")", "null"},
    });
}

TEST(Shape, RenameGivesAnotherNameInTheSamePlace) {
    expect({
        {{.rename = {{"a", "z"}}}, R"({"b":1, "a" : 2, "c":3})", R"({"b":1, "z" : 2, "c":3})"},
        {{.rename = {{"a.b", "z"}}}, R"({"a":[{"b":1}],"b":2})", R"({"a":[{"z":1}],"b":2})"},
        {{.rename = {{"a", "q\"u"}}}, R"({"a":1})", R"({"q\"u":1})"},
        {{.rename = {{"a", "x"}, {"a.b", "y"}}}, R"({"a":{"b":1}})", R"({"x":{"y":1}})"},
        {{.select = {"a"}, .rename = {{"a", "z"}}}, R"({"a":1,"b":2})", R"({"z":1})"},
        {{.omit = {"a.b"}, .rename = {{"a", "z"}}}, R"({"a":{"b":1}})", R"({"z":{}})"},
        {{.rename = {{"a", "b"}, {"b", "a"}}}, R"({"a":1,"b":2})", R"({"b":1,"a":2})"},
        {{.rename = {{"a", "b"}, {"b", "c"}}}, R"({"a":1,"b":2,"c":3})", R"({"b":1,"c":2})"},
    });
}

TEST(Shape, RenameOntoAnExistingNameReplacesThatMember) {
    expect({
        {{.rename = {{"old", "new"}}}, R"({"old":1,"new":2})", R"({"new":1})"},
        {{.rename = {{"old", "new"}}}, R"({"new":2,"x":3,"old":1})", R"({"x":3,"new":1})"},
        {{.rename = {{"old", "new"}}}, R"({"new":2})", R"({"new":2})"},
        {{.omit = {"new.a"}, .rename = {{"old", "new"}}},
         R"({"new":{"a":1},"old":1})",
         R"({"new":1})"},
        {{.rename = {{"old", "new"}}},
         R"([{"new":1},{"new":2,"old":3}])",
         R"([{"new":1},{"new":3}])"},
        {{.rename = {{"a.old", "new"}, {"old", "new"}}},
         R"({"new":0,"a":{"new":1,"old":2},"old":3})",
         R"({"a":{"new":2},"new":3})"},
    });
}

TEST(Shape, TreatsMembersOfOneNameAlikeHoweverTheyAreSpelt) {
    expect({
        {{.omit = {"a"}}, R"({"a":1,"\u0061":2,"b":3,"a":4})", R"({"b":3})"},
        {{.select = {"a"}}, R"({"a":1,"\u0061":2,"b":3})", R"({"a":1,"\u0061":2})"},
        {{.rename = {{"a", "z"}}}, R"({"a":1,"z":2,"a":3,"z":4})", R"({"z":1,"z":3})"},
        {{.omit = {"a\nb"}}, R"({"a\nb":1,"a":2})", R"({"a":2})"},
        {{.omit = {"é"}}, R"({"é":1,"\u00E9":2,"\ud800":3})", R"({"\ud800":3})"},
    });
}

TEST(Shape, KnowsThePlaceBelowAPath) {
    const Shape shape = shape_of({.select = {"a", "b.c"}, .omit = {"a.x.y"}});
    const auto below = [&shape](std::string_view text) {
        PathSet paths;
        const PathId id = paths.add(path(text));
        return shape.below(shape.root(), paths, id);
    };
    EXPECT_EQ(below("a.k"), shape_everything);
    EXPECT_EQ(below("a.x.y"), shape_nothing);
    EXPECT_EQ(below("a.x.y.z"), shape_nothing);
    EXPECT_EQ(below("k"), shape_nothing);
    EXPECT_EQ(below("b[*].c[0].d"), shape_everything);
    EXPECT_EQ(below("b.d"), shape_nothing);
    EXPECT_EQ(shaped(R"({"c":1,"d":2})", shape, below("b")), R"({"c":1})");
    EXPECT_EQ(shaped(R"([{"x":{"y":1,"z":2}}])", shape, below("a[2]")), R"([{"x":{"z":2}}])");
    EXPECT_EQ(shaped(R"({"d":2})", shape, shape_nothing), "null");
}

// The slow way, on a DOM.
std::string dotted(const std::string& above, const std::string& name) {
    return above.empty() ? name : above + "." + name;
}

bool is_or_begins(std::string_view path, std::string_view above) {
    return path.starts_with(above) &&
           (path.size() == above.size() || above.empty() || path[above.size()] == '.');
}

struct Reference {
    const Keys& keys;

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
    Keys keys() {
        Keys keys;
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

TEST(Shape, SendsWhatASlowReferenceSends) {
    for (std::uint32_t seed = 0; seed < 3'000; ++seed) {
        Maker maker{seed};
        const Json value = maker.value(0);
        const Keys keys = maker.keys();
        const std::string source = value.dump(seed % 3 == 0 ? 1 : -1);
        const std::string sent = shaped(source, keys);
        const Json expected = shape_of(keys).empty() ? value : Reference{keys}.send(value, "");
        ASSERT_TRUE(Json::accept(sent)) << seed << ' ' << source << ' ' << sent;
        ASSERT_EQ(Json::parse(sent).dump(), expected.dump()) << seed << ' ' << source;
    }
}

// Long enough for what is skipped to be skipped block by block, with quotes, brackets and
// backslashes at every offset.
TEST(Shape, SkipsWhatItDoesNotSendWhereverItsStringsEnd) {
    for (const std::string_view text : {R"(}]{[)", R"(\\)", R"(\\\\\")", R"(\"}\\])", "é}"}) {
        for (std::size_t before = 0; before < 140; ++before) {
            const std::string inner = std::string(before, ' ') + "\"" + std::string{text} + "\"";
            const std::string skipped = "[[" + inner + "," + inner + ",[{\"a\":" + inner + "}],\"" +
                                        std::string(before, 'x') + "\"]," + inner + "]";
            const std::string value = R"({"skip":)" + skipped + R"(,"keep":)" + skipped + "}";
            ASSERT_EQ(shaped(value, {.omit = {"skip"}}), R"({"keep":)" + skipped + "}") << value;
        }
    }
}

TEST(Shape, StaysInsideTheDeepestDocumentThatIsValid) {
    std::string deep;
    for (std::size_t i = 0; i < max_json_depth; ++i) deep += '[';
    std::string closed = deep;
    for (std::size_t i = 0; i < max_json_depth; ++i) closed += ']';
    EXPECT_EQ(shaped(closed, {.omit = {"a"}}), closed);
}

}  // namespace
}  // namespace weft
