#include "plan/path_pattern.hpp"

#include <gtest/gtest.h>

#include <string>

namespace weft {
namespace {

std::string print(const OrFault<PathPattern>& parsed) {
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        return std::to_string(fault->offset) + ": " + fault->message;
    }
    std::string printed;
    for (const auto& [kind, text] : std::get<PathPattern>(parsed).segments) {
        printed += '/';
        if (kind == SegmentKind::literal) printed += text;
        if (kind == SegmentKind::parameter) printed += "<" + text + ">";
        if (kind == SegmentKind::rest) printed += "<" + text + "...>";
    }
    return printed;
}

struct Case {
    const char* path;
    const char* expected;
};

TEST(PathPattern, IsASequenceOfDecodedSegments) {
    const Case cases[] = {
        {"/", "/"},
        {"/orders", "/orders"},
        {"/orders/", "/orders/"},
        {"/orders/{id}", "/orders/<id>"},
        {"/{a}/{b_2}/x", "/<a>/<b_2>/x"},
        {"/files/{path...}", "/files/<path...>"},
        {"/{all...}", "/<all...>"},
        {"/a%20b/%c3%a9", "/a b/\u00e9"},
        {"/a b/\u00e9", "/a b/\u00e9"},
        {"/a%2e/...", "/a./..."},
        {"/$5/a:b;c=d,e@f", "/$5/a:b;c=d,e@f"},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(print(parse_path_pattern(each.path)), each.expected) << each.path;
    }
}

TEST(PathPattern, SaysWhereAndWhyAPathIsRefused) {
    const Case cases[] = {
        {"", R"(0: a path begins with "/")"},
        {"orders", R"(0: a path begins with "/")"},
        {"//", R"(1: a path cannot hold an empty segment ("//"))"},
        {"/a//b", R"(3: a path cannot hold an empty segment ("//"))"},
        {"/a/./b", R"(3: a path cannot hold "." or ".." as a segment)"},
        {"/a/..", R"(3: a path cannot hold "." or ".." as a segment)"},
        {"/a/%2e%2E", R"(3: a path cannot hold "." or ".." as a segment)"},
        {"/a/.%2e", R"(3: a path cannot hold "." or ".." as a segment)"},
        {"/a%2", R"(2: "%" is not followed by two hex digits; a percent sign is written "%25")"},
        {"/a%zz", R"(2: "%" is not followed by two hex digits; a percent sign is written "%25")"},
        {"/a%2fb", "2: a path cannot hold %00, %0A, %0D, %2F or %5C"},
        {"/a%00", "2: a path cannot hold %00, %0A, %0D, %2F or %5C"},
        {"/a\\b", "2: a path cannot hold a backslash"},
        {"/a\tb", "2: a path cannot hold a control character"},
        {"/a?b=c", R"(2: a path cannot hold a query; a step has the key "query" for it)"},
        {"/a#b", R"(2: a path cannot hold a fragment ("#"))"},
        {"/a/%ff", "3: the path is not UTF-8 when decoded"},
        {"/a/%c0%af", "3: the path is not UTF-8 when decoded"},
        {"/a/{}", R"(3: a parameter is written {name}, of letters, digits and "_")"},
        {"/a/{b-c}", R"(3: a parameter is written {name}, of letters, digits and "_")"},
        {"/a/{1}", R"(3: a parameter is written {name}, of letters, digits and "_")"},
        {"/a/{...}", R"(3: a parameter is written {name}, of letters, digits and "_")"},
        {"/a/x{b}", "4: a parameter is a whole segment: /{name}/"},
        {"/a/{b}x", "3: a parameter is a whole segment: /{name}/"},
        {"/a/{b}{c}", "3: a parameter is a whole segment: /{name}/"},
        {"/a/{b", "3: a parameter is a whole segment: /{name}/"},
        {"/a/b}", "4: a parameter is a whole segment: /{name}/"},
        {"/a/${order.id}", "3: a route's path has parameters, {name}, but no expressions"},
        {"/{a...}/b", R"(1: "{a...}" can only be the last segment)"},
        {"/{a...}/", R"(1: "{a...}" can only be the last segment)"},
        {"/{a}/{a}", R"(5: the parameter "a" stands twice in the path)"},
        {"/{a}/{a...}", R"(5: the parameter "a" stands twice in the path)"},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(print(parse_path_pattern(each.path)), each.expected) << each.path;
    }
}

TEST(PathPattern, BoundsTheNumberOfSegments) {
    std::string path;
    for (int i = 0; i < 64; ++i) path += "/a";
    EXPECT_EQ(print(parse_path_pattern(path)), path);
    EXPECT_EQ(
        print(parse_path_pattern(path + "/a")), "129: a route's path has at most 64 segments"
    );
}

}  // namespace
}  // namespace weft
