#include <gtest/gtest.h>

#include "trial/difference.hpp"

namespace weft {
namespace {

using Differences = std::vector<Difference>;

const std::vector<OwnedField> fields{{"ETag", "\"7\""}, {"Vary", "a"}, {"vary", "b"}};

Differences headers(std::vector<ExpectedHeader> expected) {
    ExpectedMessage message;
    message.headers = std::move(expected);
    return message_differences(message, fields, "not looked at");
}

Differences body(TestBody expected, std::string_view got) {
    ExpectedMessage message;
    message.body = std::move(expected);
    return message_differences(message, fields, got);
}

TEST(MessageDifferences, LookAtTheHeadersThatAreNamed) {
    EXPECT_EQ(headers({}), Differences{});
    EXPECT_EQ(headers({{"etag", "\"7\""}, {"VARY", "a, b"}, {"Age", std::nullopt}}), Differences{});
}

TEST(MessageDifferences, SayWhatAHeaderIsInstead) {
    const Differences expected{
        {MessagePart::header, "ETag", "\"\\\"8\\\"\"", "\"\\\"7\\\"\""},
        {MessagePart::header, "Vary", std::nullopt, "\"a, b\""},
        {MessagePart::header, "Age", "\"1\"", std::nullopt},
    };
    EXPECT_EQ(headers({{"ETag", "\"8\""}, {"Vary", std::nullopt}, {"Age", "1"}}), expected);
}

TEST(MessageDifferences, CompareTextByteByByteAndJsonByItsValues) {
    EXPECT_EQ(body({false, "{\"a\":1}"}, "{\"a\":1}"), Differences{});
    EXPECT_EQ(body({true, "{\"a\":1}"}, "{ \"a\": 1 }"), Differences{});
    const Differences by_bytes{{MessagePart::body, "", R"("{\"a\":1}")", R"("{ \"a\": 1 }")"}};
    EXPECT_EQ(body({false, "{\"a\":1}"}, "{ \"a\": 1 }"), by_bytes);
    const Differences of_an_empty_one{{MessagePart::body, "", "\"\"", "\"x\""}};
    EXPECT_EQ(body({false, ""}, "x"), of_an_empty_one);
}

}  // namespace
}  // namespace weft
