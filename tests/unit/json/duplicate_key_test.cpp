#include <gtest/gtest.h>

#include <optional>

#include "json/locate.hpp"
#include "unit/json/paths.hpp"

namespace weft {
namespace {

struct Twice {
    std::string_view text;
    std::vector<std::string_view> paths;
    std::optional<std::size_t> offset;  // of the second key; nothing: no error
};

const Twice cases[] = {
    {R"({"a":1,"a":2})", {"a"}, 7},
    {R"({"a":1,"a":1})", {"a"}, 7},
    {R"({"a":1,"a":2})", {""}, {}},
    {R"({"a":1,"a":2})", {"b"}, {}},
    {R"({"a":1,"b":0,"b":0,"a":2})", {"a"}, 19},
    {R"({"a":1,"\u0061":2})", {"a"}, 7},
    {R"({"\u0061":1,"a":2})", {"a"}, 12},
    {R"({"a":{"b":1},"a":2})", {"a.b"}, 13},  // a is passed on the way
    {R"({"a":2,"a":{"b":1}})", {"a.b"}, 7},
    {R"({"a":{"b":1,"b":2}})", {"a"}, {}},
    {R"({"a":{"b":1,"b":2}})", {"a", "a.b"}, 12},
    {R"({"b":{"a":1,"a":2},"a":1})", {"a"}, {}},  // another object's a
    {R"([{"a":1},{"a":2},{"a":3}])", {"[*].a"}, {}},
    {R"([{"a":1},{"a":2,"a":3}])", {"[*].a"}, 16},
    {R"([{"a":1,"a":2}])", {"[1].a"}, {}},
    {R"([{"a":1,"a":2}])", {"[0].a"}, 8},
    {R"([{"a":1,"a":2}])", {"[0]", "[1].a", "[*].a"}, 8},
    {R"({"a":[{"a":1}],"b":{"a":2}})", {"a[*].a", "b.a"}, {}},
    {R"({"a":{"a":{"a":1}}})", {"a.a.a"}, {}},
    {R"({"a":[],"c":1,"a":[]})", {"a[*]"}, 14},
};

TEST(DuplicateKey, IsAnErrorOnlyWhereAPathReads) {
    for (const Twice& twice : cases) {
        SCOPED_TRACE(twice.text);
        PathSet paths;
        for (const std::string_view text : twice.paths) paths.add(path(text));
        const Located located = located_in(twice.text, paths);
        EXPECT_EQ(located.error, twice.offset ? JsonError::duplicate_key : JsonError::none);
        EXPECT_EQ(located.error_offset, twice.offset.value_or(0));
    }
}

TEST(DuplicateKey, TheFirstErrorInTheTextIsReported) {
    PathSet paths;
    paths.add(path("a"));
    EXPECT_EQ(located_in(R"({"a":1,"a":2,})", paths).error, JsonError::duplicate_key);
    EXPECT_EQ(located_in(R"({"a":1,,"a":2})", paths).error, JsonError::syntax);
}

// The mark of the last document's object at the same offset must not look like a duplicate.
TEST(DuplicateKey, IsForgottenFromOneDocumentToTheNext) {
    PathSet paths;
    paths.add(path("a"));
    Located located;
    for (int round = 0; round < 3; ++round) {
        locate(R"({"a":1})", paths, located);
        EXPECT_TRUE(located.ok());
    }
}

}  // namespace
}  // namespace weft
