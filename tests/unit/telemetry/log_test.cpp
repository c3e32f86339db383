#include "telemetry/log.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace weft {
namespace {

// What a logger writes to standard error until it is destroyed.
template <class Use>
std::string written(LogFormat format, const Use& use) {
    testing::internal::CaptureStderr();
    {
        const auto log = make_log(format);
        use(*log);
    }
    return testing::internal::GetCapturedStderr();
}

TEST(Log, WritesOneJsonObjectForEachMessage) {
    const auto text = written(LogFormat::json, [](spdlog::logger& log) {
        log.info("listening on {}", "127.0.0.1:8080");
        log.warn("a \"foreign\"\nname\x1b");
    });
    const auto end = text.find('\n');
    const auto first = nlohmann::json::parse(text.substr(0, end));
    EXPECT_EQ(first["level"], "info");
    EXPECT_EQ(first["message"], "listening on 127.0.0.1:8080");
    EXPECT_EQ(first["time"].get<std::string>().size(), 24u);
    const auto second = nlohmann::json::parse(text.substr(end + 1));
    EXPECT_EQ(second["level"], "warning");
    EXPECT_EQ(second["message"], "a \"foreign\"\nname\x1b");
}

TEST(Log, KeepsAPlainMessageOnOneLine) {
    const auto text =
        written(LogFormat::plain, [](spdlog::logger& log) { log.error("two\nlines"); });
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
    EXPECT_THAT(text, testing::HasSubstr(" error \"two\\u000alines\""));
}

}  // namespace
}  // namespace weft
