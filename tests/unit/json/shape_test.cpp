#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "json/locate.hpp"
#include "unit/json/paths.hpp"
#include "unit/json/shape_keys.hpp"

namespace weft {
namespace {

struct Row {
    ShapeKeys keys;
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
