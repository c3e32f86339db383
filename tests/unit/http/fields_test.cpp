#include "http/fields.hpp"

#include <gtest/gtest.h>

#include "http/hop_by_hop.hpp"
#include "http/message.hpp"

namespace weft {
namespace {

TEST(EqualIgnoringCase, FoldsAsciiLettersOnly) {
    EXPECT_TRUE(equal_ignoring_case("", ""));
    EXPECT_TRUE(equal_ignoring_case("Content-LENGTH", "content-length"));
    EXPECT_FALSE(equal_ignoring_case("a", "ab"));
    EXPECT_FALSE(equal_ignoring_case("ab", "ac"));
    EXPECT_FALSE(equal_ignoring_case("[", "{")) << "32 apart, as letters are";
    EXPECT_FALSE(equal_ignoring_case("\xc4", "\xe4"));
}

TEST(Trimmed, TakesSpacesAndTabsAway) {
    EXPECT_EQ(trimmed(""), "");
    EXPECT_EQ(trimmed(" \t "), "");
    EXPECT_EQ(trimmed("\ta b "), "a b");
    EXPECT_EQ(trimmed("\na"), "\na");
}

TEST(Fields, AreFoundByNameWithoutCase) {
    const Fields fields{{"A", "1"}, {"b", "2"}, {"a", "3"}};
    EXPECT_EQ(find_field(fields, "a"), "1");
    EXPECT_EQ(find_field(fields, "B"), "2");
    EXPECT_EQ(find_field(fields, "c"), std::nullopt);
    EXPECT_EQ(joined_field(fields, "A"), "1, 3");
    EXPECT_EQ(joined_field(fields, "B"), "2");
    EXPECT_EQ(joined_field(fields, "c"), std::nullopt);
}

TEST(Fields, HaveTheTokensOfAllTheirLines) {
    const Fields fields{{"Via", "a, ,\tBc ,"}, {"X", "z"}, {"via", "d"}};
    EXPECT_TRUE(has_token(fields, "via", "A"));
    EXPECT_TRUE(has_token(fields, "via", "bC"));
    EXPECT_TRUE(has_token(fields, "via", "d"));
    EXPECT_FALSE(has_token(fields, "via", "b"));
    EXPECT_FALSE(has_token(fields, "via", "z"));
    EXPECT_FALSE(has_token(fields, "y", "z"));
}

TEST(HopByHop, IsTheFixedListWithoutCase) {
    for (const char* name :
         {"connection",
          "KEEP-ALIVE",
          "Proxy-Connection",
          "Proxy-Authenticate",
          "Proxy-Authorization",
          "te",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
          "HTTP2-Settings"}) {
        EXPECT_TRUE(is_hop_by_hop(name)) << name;
    }
    for (const char* name : {"", "Host", "Content-Length", "Connection2", "T"}) {
        EXPECT_FALSE(is_hop_by_hop(name)) << name;
    }
}

TEST(ConnectionOptions, AreWhatAllConnectionFieldsName) {
    const Fields fields{{"Connection", "close, X-One"}, {"A", "b"}, {"connection", ",x-two,"}};
    const ConnectionOptions options{fields};
    EXPECT_EQ(options.names().size(), 3U);
    EXPECT_TRUE(options.has("Close"));
    EXPECT_TRUE(options.has("X-Two"));
    EXPECT_FALSE(options.has("A"));
    EXPECT_FALSE(options.passes("x-one"));
    EXPECT_FALSE(options.passes("TE"));
    EXPECT_TRUE(options.passes("A"));
    EXPECT_FALSE(options.refused());
}

TEST(ConnectionOptions, RefuseWhatIsNoToken) {
    for (const char* value : {"a b", "\"a\"", "a;b", "a, b/c", "(a)"}) {
        const Fields fields{{"Connection", value}};
        EXPECT_TRUE(ConnectionOptions{fields}.refused()) << value;
    }
}

TEST(Method, IsReadAndWrittenByItsName) {
    for (const char* name :
         {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"}) {
        const auto method = parse_method(name);
        ASSERT_TRUE(method) << name;
        EXPECT_EQ(to_string(*method), name);
    }
    EXPECT_EQ(parse_method("DELETE"), Method::del);
    for (const char* name : {"", "get", "GETS", "GE", "BREW"}) {
        EXPECT_FALSE(parse_method(name)) << name;
    }
}

TEST(Method, KnowsWhatMayBeRepeated) {
    for (const Method method :
         {Method::get, Method::head, Method::put, Method::del, Method::options, Method::trace}) {
        EXPECT_TRUE(is_idempotent(method)) << to_string(method);
    }
    for (const Method method : {Method::post, Method::patch, Method::connect}) {
        EXPECT_FALSE(is_idempotent(method)) << to_string(method);
    }
}

}  // namespace
}  // namespace weft
