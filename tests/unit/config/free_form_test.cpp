#include <gmock/gmock.h>

#include "unit/config/loading.hpp"

namespace weft {
namespace {

using ::testing::IsEmpty;
using testing::load_route_file;
using testing::Loaded;

// Kinds by letter and scalars as they are: `{a:n1,b:[t"x",0]}`.
std::string show(const YamlValue& value) {
    switch (value.kind) {
        case YamlKind::null:
            return "0" + value.scalar;
        case YamlKind::boolean:
            return "b" + value.scalar;
        case YamlKind::number:
            return "n" + value.scalar;
        case YamlKind::text:
            return "t\"" + value.scalar + '"';
        case YamlKind::list:
        case YamlKind::map:
            break;
    }
    std::string inner;
    for (const YamlValue& item : value.items) inner += (inner.empty() ? "" : ",") + show(item);
    for (const auto& [name, member] : value.members) {
        inner += (inner.empty() ? "" : ",") + name.value + ':' + show(member);
    }
    return value.kind == YamlKind::list ? '[' + inner + ']' : '{' + inner + '}';
}

struct Case {
    std::string yaml;  // of `body`
    std::string value;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.yaml; }

class FreeForm : public ::testing::TestWithParam<Case> {};

TEST_P(FreeForm, KeepsKindsTextAndOrder) {
    const Loaded loaded = load_route_file(
        "x:\n  path: /x\n  response:\n    body: " + GetParam().yaml + "\n",
        {{"FIVE", "5"}, {"OPEN", "a${b}$"}}
    );
    ASSERT_THAT(loaded.diagnostics, IsEmpty());
    ASSERT_TRUE(loaded.gateway.routes.at(0).response_body);
    EXPECT_EQ(show(*loaded.gateway.routes.at(0).response_body), GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    Values,
    FreeForm,
    ::testing::Values(
        Case{"", "0"},
        Case{"~", "0"},
        Case{"null", "0"},
        Case{"\"null\"", "t\"null\""},
        Case{"true", "btrue"},
        Case{"'true'", "t\"true\""},
        Case{"yes", "t\"yes\""},
        Case{"off", "t\"off\""},
        Case{"0", "n0"},
        Case{"-0", "n-0"},
        Case{"9007199254740993", "n9007199254740993"},
        Case{"1000000000000000000000000000000", "n1000000000000000000000000000000"},
        Case{"1.50e+10", "n1.50e+10"},
        Case{"'12'", "t\"12\""},
        Case{"1:30", "t\"1:30\""},
        Case{"2026-01-02", "t\"2026-01-02\""},
        Case{"1_000", "t\"1_000\""},
        Case{"1e", "t\"1e\""},
        Case{"1-2", "t\"1-2\""},
        Case{"0xZ", "t\"0xZ\""},
        Case{"${order}", "t\"${order}\""},
        Case{"[]", "[]"},
        Case{"{}", "{}"},
        Case{"{ b: 1, a: [x, \"y\"], c: { d: } }", "{b:n1,a:[t\"x\",t\"y\"],c:{d:0}}"},
        Case{"${env.FIVE}", "t\"5\""},
        Case{"\"${env.OPEN}{c}\"", "t\"a$${b}$${c}\""},
        Case{"\"$${env.FIVE}\"", "t\"$${env.FIVE}\""}
    )
);

}  // namespace
}  // namespace weft
