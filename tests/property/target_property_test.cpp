// For any value whatever: the call that is sent has its template's shape, and a service that
// decodes it finds the value again.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

#include "property/value_everywhere.hpp"

namespace weft::property {
namespace {

TEST(TargetProperty, HoldsForEveryValueOfUpToTwoBytes) {
    ValueEverywhere everywhere;
    const auto check = [&](const std::string& value) {
        ASSERT_EQ(everywhere.fault_for(value), "") << testing::PrintToString(value);
    };
    check("");
    for (int a = 0; a < 256; ++a) {
        check(std::string(1, static_cast<char>(a)));
        for (int b = 0; b < 256 && !HasFailure(); ++b) {
            check({static_cast<char>(a), static_cast<char>(b)});
        }
    }
    EXPECT_GT(everywhere.accepted(), 9'000U);
}

// Half of them of any bytes, half of the characters that mean something in a target.
TEST(TargetProperty, HoldsForAMillionRandomValues) {
    ValueEverywhere everywhere;
    constexpr std::string_view meaningful = "/?#&=%.:;@+ ,'\"<>[]{}|\\^`~-_2eEfFaz09é\x01\x7f\r\n";
    std::mt19937_64 engine{1};
    for (int i = 0; i < 1'000'000 && !HasFailure(); ++i) {
        const std::size_t size = 3 + engine() % (i % 100 == 0 ? 300 : 12);
        std::string value(size, '\0');
        for (char& c : value) {
            c = i % 2 == 0 ? static_cast<char>(engine()) : meaningful[engine() % meaningful.size()];
        }
        if (i % 4 == 1)
            value.erase(
                std::remove_if(
                    value.begin(),
                    value.end(),
                    [](char c) {
                        return static_cast<unsigned char>(c) < 0x20 ||
                               static_cast<unsigned char>(c) > 0x7e;
                    }
                ),
                value.end()
            );
        ASSERT_EQ(everywhere.fault_for(value), "") << testing::PrintToString(value);
    }
    EXPECT_GT(everywhere.accepted(), 100'000U);
}

}  // namespace
}  // namespace weft::property
