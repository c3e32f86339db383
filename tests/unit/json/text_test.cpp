#include "json/text.hpp"

#include <gmock/gmock.h>

#include "json/locate.hpp"
#include "unit/json/paths.hpp"

namespace weft {
namespace {

using namespace std::string_literals;

struct Decoding {
    std::string_view json;
    std::optional<std::string> text;
};

const Decoding decodings[] = {
    {R"("")", ""},
    {R"("plain")", "plain"},
    {"\"\xC3\xA4\"", "\xC3\xA4"},
    {R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t"},
    {R"("a\u0041b")", "aAb"},
    {R"("\u0000")", "\0"s},
    {R"("\u007f\u0080")", "\x7F\xC2\x80"},
    {R"("\u07FF\u0800\uffff")", "\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF"},
    {R"("\uD800\uDC00\udbff\udfff")", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"},
    {R"("x\uD83D\uDE00y")", "x\xF0\x9F\x98\x80y"},
    {R"("\uD800")", {}},
    {R"("\uDC00")", {}},
    {R"("x\uD800y")", {}},
    {R"("\uD800\n")", {}},
    {R"("\uD800\\u00")", {}},
    {R"("\uD800\u0041")", {}},
    {R"("\uD800\uD800\uDC00")", {}},
    {R"("\uDC00\uD800")", {}},
    {R"("\\uD800")", "\\uD800"},
};

TEST(JsonText, DecodesStringsAndComparesThemWithoutDecoding) {
    for (const auto& [json, text] : decodings) {
        ASSERT_TRUE(located_in(json, PathSet{}).ok()) << json;
        EXPECT_EQ(decode_json_string(json), text) << json;
        for (const auto& other : decodings) {
            if (!other.text) continue;
            EXPECT_EQ(json_string_equals(json, *other.text), text == other.text) << json;
        }
        if (text) {
            EXPECT_FALSE(json_string_equals(json, *text + "x")) << json;
        }
    }
}

TEST(JsonText, AScalarIsItsCharactersOrItsSource) {
    EXPECT_EQ(scalar_text({JsonType::string, R"("a\u0062")"}), "ab");
    EXPECT_EQ(scalar_text({JsonType::string, R"("\uD800")"}), std::nullopt);
    EXPECT_EQ(scalar_text({JsonType::number, "9007199254740993"}), "9007199254740993");
    EXPECT_EQ(scalar_text({JsonType::number, "-0.10e+02"}), "-0.10e+02");
    EXPECT_EQ(scalar_text({JsonType::boolean, "true"}), "true");
    EXPECT_EQ(scalar_text({JsonType::null, "null"}), "null");
    EXPECT_EQ(scalar_text({JsonType::array, "[]"}), std::nullopt);
    EXPECT_EQ(scalar_text({JsonType::object, "{}"}), std::nullopt);
}

TEST(JsonText, GivesAScalarAsItStandsWhereItHasNoEscape) {
    EXPECT_EQ(plain_scalar_text({JsonType::string, R"("ab")"}), "ab");
    EXPECT_EQ(plain_scalar_text({JsonType::string, R"("")"}), "");
    EXPECT_EQ(plain_scalar_text({JsonType::string, R"("a\u0062")"}), std::nullopt);
    EXPECT_EQ(plain_scalar_text({JsonType::number, "-0.10e+02"}), "-0.10e+02");
    EXPECT_EQ(plain_scalar_text({JsonType::boolean, "true"}), "true");
    EXPECT_EQ(plain_scalar_text({JsonType::array, "[]"}), std::nullopt);
    EXPECT_EQ(plain_scalar_text({JsonType::object, "{}"}), std::nullopt);
}

std::string as_string(std::string_view text) {
    std::string out = "before ";
    append_json_string(out, text);
    return out;
}

TEST(JsonText, EscapesWhatMustBeEscaped) {
    EXPECT_EQ(as_string(""), R"(before "")");
    EXPECT_EQ(as_string("a\"b\\c/d"), R"(before "a\"b\\c/d")");
    EXPECT_EQ(as_string("\b\t\n\v\f\r\x1F\x7F"), "before \"\\b\\t\\n\\u000b\\f\\r\\u001f\x7F\"");
    EXPECT_EQ(as_string("\0"s), R"(before "\u0000")");
    EXPECT_EQ(as_string("\xC3\xA4\xF0\x9F\x98\x80"), "before \"\xC3\xA4\xF0\x9F\x98\x80\"");
    std::string bare;
    append_json_escaped(bare, "\"");
    EXPECT_EQ(bare, "\\\"");
}

TEST(JsonText, ReplacesEachByteThatIsNotUtf8) {
    EXPECT_EQ(
        as_string("a\xFF"
                  "b"),
        "before \"a\xEF\xBF\xBD"
        "b\""
    );
    EXPECT_EQ(as_string("\xED\xA0\x80"), "before \"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    EXPECT_EQ(as_string("\xC3"), "before \"\xEF\xBF\xBD\"");
    EXPECT_EQ(as_string("\xC3\""), "before \"\xEF\xBF\xBD\\\"\"");
}

TEST(JsonText, EveryByteAmongOthersGivesValidJsonThatDecodesBack) {
    for (int value = 0; value < 256; ++value) {
        const std::string text = "some text before it "s + static_cast<char>(value) + " and after";
        std::string json;
        append_json_string(json, text);
        ASSERT_TRUE(located_in(json, PathSet{}).ok()) << value;
        if (value < 0x80) {
            EXPECT_EQ(decode_json_string(json), text) << value;
        }
    }
}

}  // namespace
}  // namespace weft
