#include "plan/target_syntax.hpp"

#include <gtest/gtest.h>

#include <string>

namespace weft {
namespace {

std::string print(const OrFault<TargetSyntax>& parsed) {
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        return std::to_string(fault->offset) + ": " + fault->message;
    }
    const auto& target = std::get<TargetSyntax>(parsed);
    std::string printed;
    for (const TextSyntax& segment : target.segments) {
        printed += '/';
        for (const PieceSyntax& piece : segment) {
            const auto* literal = std::get_if<LiteralSyntax>(&piece);
            printed += literal != nullptr ? literal->text
                                          : "<" + std::get<ExpressionSyntax>(piece).text + ">";
        }
    }
    return target.rest ? printed + "/<" + target.rest->text + "...>" : printed;
}

struct Case {
    const char* path;
    const char* expected;
};

TEST(TargetSyntax, CutsAPathIntoSegmentsWithEncodedLiterals) {
    const Case cases[] = {
        {"/", "/"},
        {"/a/", "/a/"},
        {"/orders/{id}", "/orders/<request.path.id>"},
        {"/users/${order.user_id}/x", "/users/<order.user_id>/x"},
        {"/a-{id}.json", "/a-<request.path.id>.json"},
        {"/${a}${b}/.${c}", "/<a><b>/.<c>"},
        {"/${a['/']}", "/<a['/']>"},
        {"/a b/\u00e9\"<>^`|", "/a%20b/%C3%A9%22%3C%3E%5E%60%7C"},
        {"/%c3%a9%41", "/%C3%A9%41"},
        {"/a:b;c=d,e@f!$&'()*+~", "/a:b;c=d,e@f!$&'()*+~"},
        {"/$${x}", "/$%7Bx%7D"},
        {"/}", "/%7D"},
        {"/files/{path...}", "/files/<path...>"},
        {"/{path...}", "/<path...>"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(print(parse_target(each.path)), each.expected) << each.path;
}

TEST(TargetSyntax, RefusesWhatWouldChangeTheShapeOfTheTarget) {
    const Case cases[] = {
        {"", R"(0: a path begins with "/")"},
        {"a/b", R"(0: a path begins with "/")"},
        {"${a}/b", R"(0: a path begins with "/")"},
        {"//evil", R"(1: a path cannot hold an empty segment ("//"))"},
        {"/a//b", R"(3: a path cannot hold an empty segment ("//"))"},
        {"/a/..", R"(3: a path cannot hold "." or ".." as a segment)"},
        {"/../a", R"(1: a path cannot hold "." or ".." as a segment)"},
        {"/%2e%2e/a", R"(1: a path cannot hold "." or ".." as a segment)"},
        {"/a?b=${c}", R"(2: a path cannot hold a query; a step has the key "query" for it)"},
        {"/a/${b}#c", R"(7: a path cannot hold a fragment ("#"))"},
        {"/a\r\nb", "2: a path cannot hold a control character"},
        {"/a\\b", "2: a path cannot hold a backslash"},
        {"/a%2Fb", "2: a path cannot hold %00, %0A, %0D, %2F or %5C"},
        {"/a%", R"(2: "%" is not followed by two hex digits; a percent sign is written "%25")"},
        {"/{id", R"(1: "{" is not closed with "}")"},
        {"/{i d}", R"(1: a parameter is written {name}, of letters, digits and "_")"},
        {"/{}", R"(1: a parameter is written {name}, of letters, digits and "_")"},
        {"/a{rest...}", "2: the rest of the path is a whole segment: /{name...}"},
        {"/{rest...}/a", "10: nothing can follow {rest...}"},
        {"/{rest...}a", "10: nothing can follow {rest...}"},
        {"/{rest...}${a}", "12: nothing can follow {rest...}"},
        {"/a/${", R"(3: "${" is not closed with "}"; a literal "${" is written "$${")"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(print(parse_target(each.path)), each.expected) << each.path;
}

}  // namespace
}  // namespace weft
