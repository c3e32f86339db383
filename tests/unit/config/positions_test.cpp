// Where what is written stands: in bytes, whatever the style of the scalar.
#include <gmock/gmock.h>

#include "unit/config/loading.hpp"

namespace weft {
namespace {

using ::testing::IsEmpty;
using testing::load_route_file;
using testing::load_step;
using testing::Loaded;

struct Placed {
    std::string name;
    std::string keys;  // `path` of a step, which begins on line 5, column 7
    std::string value;
    std::uint32_t line;
    std::uint32_t column;
    std::uint32_t verbatim;
};

void PrintTo(const Placed& placed, std::ostream* out) { *out << placed.name; }

class Positions : public ::testing::TestWithParam<Placed> {};

TEST_P(Positions, AreThoseOfTheFirstCharacterOfTheContent) {
    const Loaded loaded = load_step(GetParam().keys + "\nupstream: a", {{"V", "value"}});
    ASSERT_THAT(loaded.diagnostics, IsEmpty());
    const Written<std::string>& path = loaded.gateway.routes.at(0).steps.at(0).path;
    EXPECT_EQ(path.value, GetParam().value);
    EXPECT_EQ(path.at.line, GetParam().line);
    EXPECT_EQ(path.at.column, GetParam().column);
    EXPECT_EQ(path.at.verbatim, GetParam().verbatim);
}

INSTANTIATE_TEST_SUITE_P(
    Scalars,
    Positions,
    ::testing::Values(
        Placed{"plain", "path: /a/${b}", "/a/${b}", 5, 13, 7},
        Placed{"plain after blanks", "path:     /a   # why", "/a", 5, 17, 2},
        Placed{"plain over lines", "path: /a\n  /b", "/a /b", 5, 13, 2},
        Placed{"double quotes", "path: \"/a/b\"", "/a/b", 5, 14, 4},
        Placed{"double quotes with an escape", "path: \"/a\\tb\"", "/a\tb", 5, 14, 2},
        Placed{"single quotes", "path: '/a/b'", "/a/b", 5, 14, 4},
        Placed{"single quotes with one inside", "path: '/a''b'", "/a'b", 5, 14, 3},
        Placed{"next line", "path:\n   /a", "/a", 6, 10, 2},
        Placed{"block", "path: |-\n  /a", "/a", 6, 9, 2},
        Placed{"folded block", "path: >-\n\n  /a\n  b", "\n/a b", 7, 9, 0},
        Placed{"anchor", "path: &p /a", "/a", 5, 16, 2},
        Placed{"anchor on another line", "path: &p # it\n  \"/a\"", "/a", 6, 10, 2},
        Placed{"bytes and not characters", "? \"path\"\n: \"/ä/b\"", "/ä/b", 6, 10, 5},
        Placed{"environment", "path: \"/a/${env.V}/c\"", "/a/value/c", 5, 14, 3},
        Placed{"environment first", "path: ${env.V}/c", "value/c", 5, 13, 0}
    )
);

TEST(Positions, CountBytesBeforeAValueOnItsLine) {
    const Loaded loaded = load_route_file("x: { path: /x, response: { body: { \"äö\": [1] } } }\n");
    ASSERT_THAT(loaded.diagnostics, IsEmpty());
    const YamlValue& body = *loaded.gateway.routes.at(0).response_body;
    EXPECT_EQ(body.at.column, 34U);
    EXPECT_EQ(body.members.at(0).name.at.column, 37U);
    EXPECT_EQ(body.members.at(0).value.items.at(0).at.column, 45U);
}

TEST(Positions, OfAWordInsideATextAreKnownAsFarAsItIsVerbatim) {
    const Position at{3, 7, 10, 4};
    EXPECT_EQ(inside(at, 0).column, 10U);
    EXPECT_EQ(inside(at, 4).column, 14U);
    EXPECT_EQ(inside(at, 5).column, 10U);
    EXPECT_EQ(inside(inside(at, 2), 2).column, 14U);
    EXPECT_EQ(inside(inside(at, 2), 3).column, 12U);
}

}  // namespace
}  // namespace weft
