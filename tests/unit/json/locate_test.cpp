#include "json/locate.hpp"

#include <gmock/gmock.h>

#include <map>
#include <span>
#include <string>

#include "unit/json/paths.hpp"

namespace weft {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Texts = std::vector<std::string>;

struct Found {
    std::string_view text;
    std::string_view path;
    Texts values;
    bool not_a_list = false;
};

void expect(std::span<const Found> cases) {
    for (const Found& found : cases) {
        SCOPED_TRACE(std::string{found.path} + " in " + std::string{found.text});
        PathSet paths;
        const PathId id = paths.add(path(found.path));
        const Located located = located_in(found.text, paths);
        EXPECT_TRUE(located.ok()) << located.error_offset;
        EXPECT_EQ(texts(located, id), found.values);
        EXPECT_EQ(located.not_a_list(id), found.not_a_list);
    }
}

const Found single_values[] = {
    {" {\"a\" : 1} ", "", {"{\"a\" : 1}"}},
    {" 1e400 ", "", {"1e400"}},
    {R"({"a":-0})", "a", {"-0"}},
    {R"({"a":18446744073709551616})", "a", {"18446744073709551616"}},
    {R"({"a":123456789012345678901234567890})", "a", {"123456789012345678901234567890"}},
    {R"({"a":1000000000000000000000000000000,"b":2})", "a", {"1000000000000000000000000000000"}},
    {R"({ "a" : "x \" y" , "b":2})", "a", {R"("x \" y")"}},
    {R"({"b":{"a":1},"a":[ 1, {"a":2} ]})", "a", {R"([ 1, {"a":2} ])"}},
    {R"({"a":null})", "a", {"null"}},
    {R"({"":true})", "", {R"({"":true})"}},
    {R"({"b":1})", "a", {}},
    {R"({"aa":1,"A":2})", "a", {}},
    {R"([{"a":1}])", "a", {}},
    {R"("a")", "a", {}},
    {R"({"a":{"b":{"c":7}}})", "a.b.c", {"7"}},
    {R"({"a":{"b":7}})", "a.b.c", {}},
    {R"({"a":null})", "a.b", {}},
    {"[10,20,30]", "[0]", {"10"}},
    {"[10, 20 ,30]", "[1]", {"20"}},
    {"[10,20,30]", "[3]", {}},
    {R"({"0":1})", "[0]", {}},
    {R"([[1,2],[3,[4,5]]])", "[1][1][0]", {"4"}},
    {R"({"a":[{"b":1},{"b":2}]})", "a[1].b", {"2"}},
};

const Found every_element[] = {
    {"[]", "[*]", {}},
    {"[1, \"x\" ,[2],{\"a\":3},null]", "[*]", {"1", "\"x\"", "[2]", "{\"a\":3}", "null"}},
    {R"({"a":[{"b":1},{"c":2},{"b":3},4,[5]]})", "a[*].b", {"1", "3"}},
    {R"([[1,2],[],[3]])", "[*][*]", {"1", "2", "3"}},
    {R"([[1,2],[],[3]])", "[*][0]", {"1", "3"}},
    {R"([[1,2],[],[3]])", "[0][*]", {"1", "2"}},
    {R"({"b":1})", "a[*]", {}},
    {R"({"b":1})", "a[*].c", {}},
};

const Found not_lists[] = {
    {"{}", "[*]", {}, true},
    {"1", "[*].a", {}, true},
    {R"({"a":null})", "a[*]", {}, true},
    {R"({"a":"x"})", "a[*].b", {}, true},
    {R"({"a":{"b":1}})", "a[*].b", {}, true},
    {R"([[1],2,[3]])", "[*][*]", {"1", "3"}, true},
    {R"([{"a":[1]},{"a":{}},{}])", "[*].a[*]", {"1"}, true},
    {R"([{"a":[1]},{}])", "[*].a[*].b[*]", {}, false},
};

TEST(Locate, FindsSingleValuesByteForByte) { expect(single_values); }
TEST(Locate, EveryElementGivesTheValuesInOrder) { expect(every_element); }
TEST(Locate, EveryElementOfAnythingButAnArrayIsToldApart) { expect(not_lists); }

TEST(LocateNames, CompareAfterDecoding) {
    PathSet paths;
    const PathId id = paths.add({MemberName{"id"}});
    const PathId odd = paths.add({MemberName{"\xC3\xA4\xF0\x9F\x98\x80\"\n"}});
    const Located located =
        located_in(R"({"\u0069d":1,"\u00E4\uD83D\uDE00\"\n":2,"i\uD800d":3,"\\u0069d":4})", paths);
    ASSERT_TRUE(located.ok());
    EXPECT_THAT(texts(located, id), ElementsAre("1"));
    EXPECT_THAT(texts(located, odd), ElementsAre("2"));
}

TEST(LocateNames, MayBeEmptyAndHoldDotsAndNul) {
    PathSet paths;
    const PathId empty = paths.add({MemberName{""}});
    const PathId dotted = paths.add({MemberName{"a.b"}});
    const PathId nul = paths.add({MemberName{std::string{"a\0b", 3}}});
    const Located located = located_in(R"({"":1,"a.b":2,"a\u0000b":3})", paths);
    EXPECT_THAT(texts(located, empty), ElementsAre("1"));
    EXPECT_THAT(texts(located, dotted), ElementsAre("2"));
    EXPECT_THAT(texts(located, nul), ElementsAre("3"));
}

TEST(Locate, ManyPathsMayCrossAtOnePlace) {
    PathSet paths;
    std::map<std::string, PathId> ids;
    for (const char* text : {"a", "a[*]", "a.x", "a[0]", "a[*].x", "a[1].x", "a[1]", "b", ""}) {
        ids[text] = paths.add(path(text));
    }
    const Located list = located_in(R"({"a":[{"x":1},{"x":2}],"b":3})", paths);
    EXPECT_THAT(texts(list, ids["a"]), ElementsAre(R"([{"x":1},{"x":2}])"));
    EXPECT_THAT(texts(list, ids["a[*]"]), ElementsAre(R"({"x":1})", R"({"x":2})"));
    EXPECT_THAT(texts(list, ids["a.x"]), IsEmpty());
    EXPECT_THAT(texts(list, ids["a[0]"]), ElementsAre(R"({"x":1})"));
    EXPECT_THAT(texts(list, ids["a[*].x"]), ElementsAre("1", "2"));
    EXPECT_THAT(texts(list, ids["a[1].x"]), ElementsAre("2"));
    EXPECT_THAT(texts(list, ids["b"]), ElementsAre("3"));
    EXPECT_FALSE(list.not_a_list(ids["a[*]"]));

    const Located object = located_in(R"({"a":{"x":1}})", paths);
    EXPECT_THAT(texts(object, ids["a.x"]), ElementsAre("1"));
    EXPECT_TRUE(object.not_a_list(ids["a[*]"]));
    EXPECT_TRUE(object.not_a_list(ids["a[*].x"]));
    EXPECT_FALSE(object.not_a_list(ids["a"]));
    EXPECT_FALSE(object.not_a_list(ids["a[0]"]));
    EXPECT_FALSE(object.not_a_list(ids["a[1].x"]));
}

TEST(Locate, AValueStandsBeforeTheValuesInsideTheNextOne) {
    PathSet paths;
    const PathId id = paths.add(path("[*][*]"));
    const Located located = located_in("[[ [1,[2]] ,{\"a\":[]}],[3]]", paths);
    EXPECT_THAT(texts(located, id), ElementsAre("[1,[2]]", "{\"a\":[]}", "3"));
}

TEST(Locate, TypesAreThoseOfTheText) {
    PathSet paths;
    const PathId id = paths.add(path("[*]"));
    const Located located = located_in(R"([null,true,false,-1,0,"",[],{}])", paths);
    std::vector<JsonType> types;
    for (const JsonValue& value : located.at(id)) types.push_back(value.type);
    using enum JsonType;
    EXPECT_THAT(types, ElementsAre(null, boolean, boolean, number, number, string, array, object));
    EXPECT_EQ(located.root.type, array);
    EXPECT_EQ(located.at(id).front().type, null);
    EXPECT_EQ(located.at(id)[6].text, "[]");
}

TEST(Locate, AFailedDocumentHoldsNothing) {
    PathSet paths;
    const PathId id = paths.add(path("[*].a"));
    const PathId list = paths.add(path("[*].b[*]"));
    const Located located = located_in(R"([{"a":1,"b":2},{"a":2}}])", paths);
    EXPECT_EQ(located.error, JsonError::syntax);
    EXPECT_THAT(texts(located, id), IsEmpty());
    EXPECT_FALSE(located.not_a_list(list));
    EXPECT_TRUE(located.root.text.empty());
}

TEST(Locate, OneLocatedServesManyDocumentsAndPathSets) {
    PathSet first;
    first.add(path("a[*]"));
    first.add(path("b"));
    PathSet second;
    second.add(path("b"));
    Located located;
    EXPECT_TRUE(located.at(0).empty());
    locate(R"({"a":[1,2],"b":3})", first, located);
    EXPECT_THAT(texts(located, 0), ElementsAre("1", "2"));
    locate(R"({"b":4,)", first, located);
    EXPECT_FALSE(located.ok());
    locate(R"({"b":5,"a":7})", second, located);
    EXPECT_TRUE(located.ok());
    EXPECT_THAT(texts(located, 0), ElementsAre("5"));
    EXPECT_THAT(texts(located, 1), IsEmpty());
    EXPECT_FALSE(located.not_a_list(0));
    locate(R"({"a":7})", first, located);
    EXPECT_TRUE(located.not_a_list(0));
    locate(R"({"a":[8]})", first, located);
    EXPECT_FALSE(located.not_a_list(0));
    EXPECT_THAT(texts(located, 0), ElementsAre("8"));
}

TEST(Locate, ManyThousandElementsAreAllFound) {
    PathSet paths;
    const PathId id = paths.add(path("[*]"));
    std::string text = "[0";
    for (int i = 1; i < 20'000; ++i) text += ',' + std::to_string(i);
    text += ']';
    Located located;
    for (int round = 0; round < 2; ++round) {
        locate(text, paths, located);
        ASSERT_EQ(located.at(id).size(), 20'000U);
        EXPECT_EQ(located.at(id)[19'999].text, "19999");
    }
}

TEST(PathSet, TheSamePathHasTheSameIdAndCopiesAreEqual) {
    PathSet paths;
    EXPECT_EQ(paths.add(path("a[*].b")), 0);
    EXPECT_EQ(paths.add(path("a")), 1);
    EXPECT_EQ(paths.add({}), 2);
    EXPECT_EQ(paths.add(path("a[*].b")), 0);
    EXPECT_EQ(paths.add(path("a[0].b")), 3);
    EXPECT_EQ(paths.add(path("a[0].b")), 3);
    EXPECT_EQ(paths.size(), 4U);

    PathSet copy = paths;
    EXPECT_EQ(copy.add(path("c")), 4);
    EXPECT_EQ(paths.size(), 4U);
    const PathSet moved = std::move(copy);
    EXPECT_THAT(texts(located_in(R"({"a":[{"b":1}]})", moved), 0), ElementsAre("1"));
}

}  // namespace
}  // namespace weft
