#include "http/target.hpp"

#include <gmock/gmock.h>

#include <string>

namespace weft {
namespace {

using testing::ElementsAre;

TEST(CheckOriginForm, SplitsPathAndQuery) {
    const auto parts = check_origin_form("/a/b?x=1?y&z=%20/");
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->path, "/a/b");
    EXPECT_EQ(parts->query, "x=1?y&z=%20/");
}

TEST(CheckOriginForm, TakesWhatRfc3986Allows) {
    for (const char* target : {
             "/",
             "//",
             "//a//b/",
             "/a-._~!$&'()*+,;=:@",
             "/?",
             "/?a=/?:@!$&'()*+,;=-._~",
             "/?x=%00%0a%2f%ff",
             "/%41%7e",
             "/%252e%252e/x",
             "/;a=1/x",
             "/a;..;./x",
             "/..%3b/x",
             "/...",
             "/...;a",
             "/.a/a./..a",
             "/%2e%2e%2e",
             "/caf%c3%a9",
             "/%e2%82%ac%F0%9F%98%80",
             "/%01",
         }) {
        EXPECT_TRUE(check_origin_form(target)) << target;
    }
}

TEST(CheckOriginForm, RefusesEverythingElse) {
    const std::string with_nul{"/a\0b", 4};
    for (const std::string& target : {
             std::string{},
             std::string{"a"},
             std::string{"*"},
             std::string{"?a"},
             std::string{"http://a.test/"},
             with_nul,
             std::string{"/a b"},
             std::string{"/a\"b"},
             std::string{"/<"},
             std::string{"/\\"},
             std::string{"/^"},
             std::string{"/`"},
             std::string{"/{a}"},
             std::string{"/|"},
             std::string{"/[a]"},
             std::string{"/?[a]"},
             std::string{"/?\""},
             std::string{"/#"},
             std::string{"/?#"},
             std::string{"/caf\xc3\xa9"},
             std::string{"/?\xc3\xa9"},
             std::string{"/%"},
             std::string{"/%4"},
             std::string{"/%4g"},
             std::string{"/%g4"},
             std::string{"/?%"},
             std::string{"/?%4"},
             std::string{"/?a=%zz"},
         }) {
        EXPECT_FALSE(check_origin_form(target)) << target;
    }
}

TEST(CheckOriginForm, RefusesEncodedSeparatorsAndLineEndsInThePath) {
    for (const char* target :
         {"/%00", "/%0a", "/%0A", "/%0d", "/%0D", "/%2f", "/%2F", "/%5c", "/%5C", "/a%2fb"}) {
        EXPECT_FALSE(check_origin_form(target)) << target;
    }
}

TEST(CheckOriginForm, RefusesDotSegmentsHoweverTheyAreSpelt) {
    for (const char* target :
         {"/.",
          "/..",
          "/./a",
          "/../a",
          "/a/.",
          "/a/..",
          "/a/./b",
          "/a/../b",
          "/%2e",
          "/%2E%2e",
          "/.%2e/a",
          "/%2e./a",
          "/..?x=1",
          "/..;/a",
          "/.;a=1",
          "/a/..;",
          "/%2e%2E;a;b/c"}) {
        EXPECT_FALSE(check_origin_form(target)) << target;
    }
}

TEST(CheckOriginForm, RefusesEncodedBytesThatAreNotUtf8InThePath) {
    for (const char* target : {
             "/%c0%af",           // "/" in two bytes
             "/%e0%80%af",        // ... in three
             "/%f0%80%80%af",     // ... in four
             "/%c1%81",           // "A" in two
             "/%ff",              //
             "/%80",              // no lead byte
             "/%c3",              // cut short
             "/%c3/%a9",          // across a segment
             "/%c3a",             //
             "/%e2%82",           //
             "/%ed%a0%80",        // a surrogate
             "/%f4%90%80%80",     // above U+10FFFF
             "/%f8%88%80%80%80",  //
         }) {
        EXPECT_FALSE(check_origin_form(target)) << target;
    }
}

TEST(IsValidAuthority, TakesNamesAddressesAndPorts) {
    for (const char* authority :
         {"a",
          "a.test",
          "A-1.test.",
          "my_host",
          "127.0.0.1",
          "a.test:0",
          "a.test:",
          "a.test:65535",
          "[::1]",
          "[::1]:8080",
          "[2001:db8::ffff:192.0.2.1]"}) {
        EXPECT_TRUE(is_valid_authority(authority)) << authority;
    }
}

TEST(IsValidAuthority, RefusesEverythingElse) {
    for (const char* authority :
         {"",
          ":80",
          "a b",
          "a.test/path",
          "a.test?x",
          "a.test#x",
          "user@a.test",
          "a.test,b.test",
          "a%2etest",
          "a.test:65536",
          "a.test:99999",
          "a.test:8a",
          "a.test:-1",
          "a.test:+1",
          "a.test:80:80",
          "[::1",
          "::1",
          "[]",
          "[::1]x",
          "[::1%25eth0]",
          "[v1.a]",
          "[1:2:3:4:5:6:7:8:9]",
          "[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000]",
          "caf\xc3\xa9.test"}) {
        EXPECT_FALSE(is_valid_authority(authority)) << authority;
    }
}

TEST(NamesPort, IsAboutANumberThatIsNotZero) {
    for (const char* authority : {"a.test:443", "a.test:0080", "[::1]:1", "1.2.3.4:65535"}) {
        EXPECT_TRUE(names_port(authority)) << authority;
    }
    for (const char* authority :
         {"a.test", "a.test:", "a.test:0", "a.test:00", "[::1]", "1.2.3.4"}) {
        EXPECT_FALSE(names_port(authority)) << authority;
    }
}

TEST(PercentDecode, UndoesOneLayerOfEncoding) {
    EXPECT_EQ(percent_decode(""), "");
    EXPECT_EQ(percent_decode("a+b"), "a+b");
    EXPECT_EQ(percent_decode("%41%62%7E"), "Ab~");
    EXPECT_EQ(percent_decode("%252e"), "%2e");
    EXPECT_EQ(percent_decode("caf%c3%A9"), "caf\xc3\xa9");
}

TEST(PercentDecode, LeavesWhatIsNoTriple) {
    EXPECT_EQ(percent_decode("%"), "%");
    EXPECT_EQ(percent_decode("%4"), "%4");
    EXPECT_EQ(percent_decode("%g1"), "%g1");
}

TEST(SplitPath, KeepsEmptySegments) {
    EXPECT_THAT(split_path("/"), ElementsAre(""));
    EXPECT_THAT(split_path("/a"), ElementsAre("a"));
    EXPECT_THAT(split_path("/a//b/"), ElementsAre("a", "", "b", ""));
    EXPECT_THAT(split_path("/%41/b"), ElementsAre("%41", "b"));
}

}  // namespace
}  // namespace weft
