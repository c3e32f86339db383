// The parsing cases of nst/JSONTestSuite, where they are at hand.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "json/locate.hpp"
#include "places.hpp"
#include "unit/json/paths.hpp"

namespace weft {
namespace {

std::filesystem::path suite_file() {
    const char* const folder = std::getenv("WEFT_CASES");
    if (folder != nullptr) return std::filesystem::path{folder} / "json.json";
    return std::filesystem::path{source_tree()} / "../shared/cases/json.json";
}

std::string decode_base64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        const std::size_t digit = digits.find(c);
        if (digit == std::string_view::npos) break;
        bits = bits << 6U | static_cast<std::uint32_t>(digit);
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>(bits >> held & 0xFFU);
        }
    }
    return bytes;
}

TEST(JsonTestSuite, AcceptsAndRefusesAsItSays) {
    std::ifstream file{suite_file()};
    if (!file) {
        GTEST_SKIP() << "JSONTestSuite is not at " << suite_file()
                     << "; set WEFT_CASES to the folder that holds json.json";
    }
    const auto cases = nlohmann::json::parse(file);
    ASSERT_EQ(cases.size(), 318U);
    for (const auto& one : cases) {
        const std::string text = decode_base64(one.at("b64").get<std::string>());
        const std::string want = one.at("want");
        const Located located = located_in(text, PathSet{});
        if (want == "either") continue;
        EXPECT_EQ(located.ok(), want == "accept")
            << one.at("name") << " at " << located.error_offset;
    }
}

}  // namespace
}  // namespace weft
