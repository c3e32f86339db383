#include "config/quantity.hpp"

#include <gtest/gtest.h>

namespace weft {
namespace {

using std::chrono::milliseconds;

struct Case {
    std::string text;
    std::optional<std::uint64_t> value;
};

void PrintTo(const Case& c, std::ostream* out) { *out << '"' << c.text << '"'; }

class Durations : public ::testing::TestWithParam<Case> {};

TEST_P(Durations, AreAWholeNumberWithAUnit) {
    const auto parsed = parse_duration(GetParam().text);
    ASSERT_EQ(parsed.value.has_value(), GetParam().value.has_value());
    EXPECT_EQ(parsed.problem.empty(), parsed.value.has_value());
    if (!parsed.value) return;
    EXPECT_EQ(parsed.value->count(), static_cast<std::int64_t>(*GetParam().value));
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    Durations,
    ::testing::Values(
        Case{"0ms", 0},
        Case{"200ms", 200},
        Case{"2s", 2'000},
        Case{"1m", 60'000},
        Case{"9223372036854775807ms", 9'223'372'036'854'775'807U},
        Case{"9223372036854775808ms", std::nullopt},
        Case{"9223372036854775807s", std::nullopt},
        Case{"18446744073709551616ms", std::nullopt},
        Case{"", std::nullopt},
        Case{"200", std::nullopt},
        Case{"ms", std::nullopt},
        Case{"-1s", std::nullopt},
        Case{"+1s", std::nullopt},
        Case{"1.5s", std::nullopt},
        Case{"1 s", std::nullopt},
        Case{" 1s", std::nullopt},
        Case{"1s ", std::nullopt},
        Case{"1S", std::nullopt},
        Case{"1h", std::nullopt},
        Case{"1us", std::nullopt},
        Case{"010ms", std::nullopt},
        Case{"1s500ms", std::nullopt},
        Case{"1e3ms", std::nullopt}
    )
);

class Sizes : public ::testing::TestWithParam<Case> {};

TEST_P(Sizes, AreAWholeNumberWithAUnit) {
    const auto parsed = parse_size(GetParam().text);
    EXPECT_EQ(parsed.value, GetParam().value);
    EXPECT_EQ(parsed.problem.empty(), parsed.value.has_value());
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    Sizes,
    ::testing::Values(
        Case{"0B", 0},
        Case{"512B", 512},
        Case{"8KiB", 8'192},
        Case{"1MiB", 1 << 20},
        Case{"2GiB", 2ULL << 30},
        Case{"8589934591GiB", 8'589'934'591ULL << 30},
        Case{"8589934592GiB", std::nullopt},
        Case{"8", std::nullopt},
        Case{"8KB", std::nullopt},
        Case{"8k", std::nullopt},
        Case{"8kib", std::nullopt},
        Case{"KiB", std::nullopt},
        Case{"08KiB", std::nullopt},
        Case{"1,5MiB", std::nullopt}
    )
);

class Counts : public ::testing::TestWithParam<Case> {};

TEST_P(Counts, AreAWholeNumber) { EXPECT_EQ(parse_count(GetParam().text).value, GetParam().value); }

INSTANTIATE_TEST_SUITE_P(
    Texts,
    Counts,
    ::testing::Values(
        Case{"0", 0},
        Case{"7", 7},
        Case{"18446744073709551615", UINT64_MAX},
        Case{"18446744073709551616", std::nullopt},
        Case{"", std::nullopt},
        Case{"07", std::nullopt},
        Case{"-1", std::nullopt},
        Case{"1.0", std::nullopt},
        Case{"1_000", std::nullopt},
        Case{"0x10", std::nullopt}
    )
);

TEST(Quantities, AreWrittenInTheLargestUnitThatHoldsThem) {
    EXPECT_EQ(to_text(milliseconds(0)), "0ms");
    EXPECT_EQ(to_text(milliseconds(1'500)), "1500ms");
    EXPECT_EQ(to_text(milliseconds(90'000)), "90s");
    EXPECT_EQ(to_text(milliseconds(120'000)), "2m");
    EXPECT_EQ(size_to_text(0), "0B");
    EXPECT_EQ(size_to_text(1'025), "1025B");
    EXPECT_EQ(size_to_text(3 << 20), "3MiB");
}

}  // namespace
}  // namespace weft
