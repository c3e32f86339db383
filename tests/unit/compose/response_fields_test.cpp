// `response.status` and `response.headers`.
#include <gtest/gtest.h>

#include <string>

#include "unit/compose/bench.hpp"
#include "unit/compose/written_route.hpp"

namespace weft::test {
namespace {

std::shared_ptr<const Snapshot> route_with(const std::string& headers) {
    return compile_routes(
        "r:\n  path: /r\n  steps:\n    a: { upstream: users, path: /a }\n"
        "    b: { upstream: users, path: /b, required: false }\n"
        "  response: { status: 202, headers: { " +
        headers + " }, body: { a: \"${a}\", b: \"${b}\" } }\n"
    );
}

TEST(ResponseHeaders, AreTextWithTheValuesOfTheRun) {
    Bench bench{route_with(
        R"(Location: "/a/${a.id}", X-Id: "${request.id}", X-Number: "${a.big}", X-Fixed: yes)"
    )};
    bench.run({{"/a", R"({"id":"x","big":9007199254740993})"}, {"/b", "1"}});
    EXPECT_EQ(bench.status(), 202);
    EXPECT_EQ(bench.field("Location"), "/a/x");
    EXPECT_EQ(bench.field("X-Id"), "r-1");
    EXPECT_EQ(bench.field("X-Number"), "9007199254740993");
    EXPECT_EQ(bench.field("X-Fixed"), "yes");
    EXPECT_EQ(bench.field("Content-Type"), "application/json");
}

TEST(ResponseHeaders, AreLeftOutWhereTheValueIsAbsentOrRefused) {
    for (const std::string value :
         {"null", "{}", "[1]", R"("a\r\nSet-Cookie: b")", R"("a\u0000")", R"("\u007f")"}) {
        Bench bench{
            route_with(R"(X-A: "v ${a.v}", X-B: "${a.none}", X-C: "${a.v?}", X-D: "${b.x}")")};
        bench.run({{"/a", R"({"v":)" + value + "}"}});
        EXPECT_EQ(bench.status(), 202) << value;
        for (const char* name : {"X-A", "X-B", "X-C", "X-D", "Set-Cookie"}) {
            EXPECT_EQ(bench.field(name), "") << name << ' ' << value;
        }
    }
}

TEST(ResponseHeaders, AreLeftOutBeyondWhatAFieldMayHold) {
    Bench bench{route_with(R"(X-A: "${a}")")};
    bench.run({{"/a", "\"" + std::string(9000, 'x') + "\""}, {"/b", "1"}});
    EXPECT_EQ(bench.field("X-A"), "");
}

TEST(ResponseHeaders, ReplaceTheContentType) {
    Bench bench{route_with("content-type: application/hal+json")};
    bench.run({{"/a", "1"}, {"/b", "1"}});
    EXPECT_EQ(bench.field("Content-Type"), "application/hal+json");
    int content_types = 0;
    for (const OwnedField& field : bench.fields()) {
        content_types += equal_ignoring_case(field.name(), "Content-Type") ? 1 : 0;
    }
    EXPECT_EQ(content_types, 1);
}

TEST(ResponseHeaders, LetNoPartialAnswerBeStored) {
    const auto route = route_with("cache-control: max-age=60");
    Bench whole{route};
    whole.run({{"/a", "1"}, {"/b", "1"}});
    EXPECT_EQ(whole.field("Cache-Control"), "max-age=60");
    Bench partial{route};
    partial.run({{"/a", "1"}});
    EXPECT_EQ(partial.field("Cache-Control"), "no-store");
    EXPECT_EQ(partial.field("Weft-Complete"), "false");
    EXPECT_EQ(partial.fields().size(), 3U);
}

TEST(ResponseHeaders, AreNotThoseOfAFailure) {
    Bench bench{route_with("X-Fixed: yes")};
    bench.run({});
    EXPECT_EQ(bench.status(), 502);
    EXPECT_EQ(bench.field("X-Fixed"), "");
}

}  // namespace
}  // namespace weft::test
