#include "json/elements.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

namespace weft {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

static_assert(std::forward_iterator<JsonElements::Iterator>);
static_assert(std::forward_iterator<JsonMembers::Iterator>);

std::vector<std::string> elements(std::string_view text) {
    std::vector<std::string> result;
    for (const JsonValue& value : JsonElements{text}) result.emplace_back(value.text);
    return result;
}

std::vector<std::string> members(std::string_view text) {
    std::vector<std::string> result;
    for (const JsonMember& member : JsonMembers{text}) {
        result.push_back(std::string{member.name} + "=" + std::string{member.value.text});
    }
    return result;
}

TEST(JsonElements, AreTheRangesOfTheArray) {
    EXPECT_THAT(elements("[]"), IsEmpty());
    EXPECT_THAT(elements("[ \n]"), IsEmpty());
    EXPECT_THAT(elements("[1]"), ElementsAre("1"));
    EXPECT_THAT(
        elements("[ 1 ,\"a,]\\\"\", [2,[3]] ,{\"x\":[\"}\"]}\n,null]"),
        ElementsAre("1", "\"a,]\\\"\"", "[2,[3]]", "{\"x\":[\"}\"]}", "null")
    );
    EXPECT_THAT(elements(R"(["\\","\\\"",-1e5])"), ElementsAre(R"("\\")", R"("\\\"")", "-1e5"));
}

TEST(JsonElements, KnowTheirTypes) {
    const JsonElements items{R"([1,"",{},[],true,null])"};
    std::vector<JsonType> types;
    std::ranges::transform(items, std::back_inserter(types), &JsonValue::type);
    using enum JsonType;
    EXPECT_THAT(types, ElementsAre(number, string, object, array, boolean, null));
}

TEST(JsonMembers, AreTheNamesAndValuesOfTheObject) {
    EXPECT_THAT(members("{}"), IsEmpty());
    EXPECT_THAT(members("{ }"), IsEmpty());
    EXPECT_THAT(members(R"({"a":1})"), ElementsAre("\"a\"=1"));
    EXPECT_THAT(
        members("{ \"a:}\" : [1,{}] ,\"b\\\"\":{\"c\":2}\n, \"\" : null , \"a:}\":2 }"),
        ElementsAre("\"a:}\"=[1,{}]", "\"b\\\"\"={\"c\":2}", "\"\"=null", "\"a:}\"=2")
    );
}

TEST(JsonItems, OfAnythingElseAreNone) {
    for (const char* text : {"", "1", "null", "\"[1]\"", "{\"a\":1}"}) {
        EXPECT_THAT(elements(text), IsEmpty()) << text;
    }
    for (const char* text : {"", "1", "[1]"}) EXPECT_THAT(members(text), IsEmpty()) << text;
}

// Whatever they are given, they end, and within the text (the sanitizer watches).
TEST(JsonItems, NeverReadPastTheTextEvenIfItIsBroken) {
    const std::string_view texts[] = {
        R"({"a\"":[1,{"b":"c]"}],"d":"e\\","f":-1.5})", R"([[1,"a\"]"],{"b":[null]},,:true,"x\"])"};
    for (const std::string_view text : texts) {
        for (std::size_t cut = 0; cut <= text.size(); ++cut) {
            const std::vector<char> bytes(text.begin(), text.begin() + static_cast<long>(cut));
            const std::string_view part{bytes.data(), bytes.size()};
            EXPECT_LE(elements(part).size() + members(part).size(), text.size());
        }
    }
}

}  // namespace
}  // namespace weft
