#include "plan/expression_parser.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace weft {
namespace {

std::string print(const PathSyntax& path) {
    std::string printed = "<" + path.root;
    for (const Selector& selector : path.selectors) {
        switch (selector.kind) {
            case SelectorKind::name:
                printed += selector.in_brackets ? "['" + selector.name + "']" : "." + selector.name;
                break;
            case SelectorKind::index:
                printed += "[" + std::to_string(selector.index) + "]";
                break;
            case SelectorKind::every:
                printed += "[*]";
                break;
        }
    }
    return printed + (path.optional ? "?>" : ">");
}

std::string print(const OrFault<TextSyntax>& parsed) {
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        return std::to_string(fault->offset) + ": " + fault->message;
    }
    std::string printed;
    for (const PieceSyntax& piece : std::get<TextSyntax>(parsed)) {
        const auto* literal = std::get_if<LiteralSyntax>(&piece);
        printed +=
            literal != nullptr ? "|" + literal->text + "|" : print(std::get<PathSyntax>(piece));
    }
    return printed;
}

struct Case {
    const char* text;
    const char* expected;
};

TEST(ExpressionParser, CutsTextIntoLiteralsAndPaths) {
    const Case cases[] = {
        {"", ""},
        {"plain", "|plain|"},
        {"$", "|$|"},
        {"$5 {x} }", "|$5 {x} }|"},
        {"${order}", "<order>"},
        {"${ order }", "<order>"},
        {"${order?}", "<order?>"},
        {"${order.user_id}", "<order.user_id>"},
        {"/users/${order.user_id}/x", "|/users/|<order.user_id>|/x|"},
        {"${a}${b}", "<a><b>"},
        {"${order.items[0].id}", "<order.items[0].id>"},
        {"${order[*].ids[*]}", "<order[*].ids[*]>"},
        {"${order['a b']['it\\'s'].c?}", "<order['a b']['it's'].c?>"},
        {"${order['}']}", "<order['}']>"},
        {R"(${a['\\\/\n\u00e9\ud83d\ude00']})", "<a['\\/\n\u00e9\U0001F600']>"},
        {"${a['']}", "<a['']>"},
        {"${a.\u00e9}", "<a.\u00e9>"},
        {"${a[4294967295]}", "<a[4294967295]>"},
        {"${request.header.x-request-id}", "<request.header.x-request-id>"},
        {"$${order}", "|${||order}|"},
        {"a$${b}${c}", "|a||${||b}|<c>"},
        {"$$${order}", "|$||${||order}|"},
        {"${a}$${b}", "<a>|${||b}|"},
        {"${in.true}", "<in.true>"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(print(parse_text(each.text)), each.expected) << each.text;
}

TEST(ExpressionParser, SaysWhereAndWhyTextIsRefused) {
    const Case cases[] = {
        {"${", R"(0: "${" is not closed with "}"; a literal "${" is written "$${")"},
        {"ab${order", R"(2: "${" is not closed with "}"; a literal "${" is written "$${")"},
        {"${order.", R"(0: "${" is not closed with "}"; a literal "${" is written "$${")"},
        {"${order[", R"(0: "${" is not closed with "}"; a literal "${" is written "$${")"},
        {"${}", R"(2: "${}" holds no expression)"},
        {"x${ }", R"(4: "${}" holds no expression)"},
        {"${.a}", "2: an expression begins with a name"},
        {"${[0]}", "2: an expression begins with a name"},
        {"${a..b}", R"(4: a name is expected after "."; other names are written ['...'])"},
        {"${a.2}", R"(4: a name is expected after "."; other names are written ['...'])"},
        {"${a.'b'}", R"(4: a name is expected after "."; other names are written ['...'])"},
        {"${a[]}", R"(4: an index, * or 'name' is expected after "[")"},
        {"${a[0}", R"(5: "]" is expected here)"},
        {"${a[01]}", "4: an index has no leading zeros"},
        {"${a[-1]}", "4: an index counts from 0, from the front"},
        {"${a[4294967296]}", "4: an index is at most 4294967295"},
        {"${a['b}", "4: the quote is not closed"},
        {R"(${a['\x']})", R"(5: not an escape; a backslash itself is "\\", a quote is "\'")"},
        {R"(${a['\ud800']})", R"(5: not an escape; a backslash itself is "\\", a quote is "\'")"},
        {R"(${a['\udc00\ud800']})",
         R"(5: not an escape; a backslash itself is "\\", a quote is "\'")"},
        {R"(${a['\u12']})", R"(5: not an escape; a backslash itself is "\\", a quote is "\'")"},
        {"${a??}", R"(4: one "?" is enough)"},
        {"${a?.b}", R"(4: "}" is expected here, not ".")"},
        {"${a b}", R"(4: "}" is expected here, not "b")"},
        {"${a;b}", "3: an expression cannot hold `;` here"},
        {"${a\x01}", "3: an expression cannot hold a control character"},
        {"${nosuch(a)}", R"(2: unknown function "nosuch")"},
        {"${join(items, ',')}", R"-(2: "join(...)" is not supported by this version of Weft)-"},
        {"x ${count(a)}", R"-(4: "count(...)" is not supported by this version of Weft)-"},
        {"${stock[line.sku]}",
         R"(8: the look-up "stock[...]" is not supported by this version of Weft)"},
        {"${a == 'b'}", R"(4: the operator "==" is not supported by this version of Weft)"},
        {"${a && b}", R"(4: the operator "&&" is not supported by this version of Weft)"},
        {"${!a}", R"(2: the operator "!" is not supported by this version of Weft)"},
        {"${a in b}", R"(4: the operator "in" is not supported by this version of Weft)"},
        {"${'a'}", "2: a literal in an expression is not supported by this version of Weft"},
        {"${12}", "2: a literal in an expression is not supported by this version of Weft"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(print(parse_text(each.text)), each.expected) << each.text;
}

std::string repeated(std::string_view part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
}

TEST(ExpressionParser, BoundsTheDepthOfAPath) {
    EXPECT_EQ(
        print(parse_text("${a" + repeated("[0]", 64) + "}")), "<a" + repeated("[0]", 64) + ">"
    );
    EXPECT_EQ(
        print(parse_text("${a" + repeated("[0]", 65) + "}")), "196: a path has at most 64 segments"
    );
}

TEST(ExpressionParser, KeepsTheTextOfAPathAsWritten) {
    const auto parsed = parse_text("x${ order['a b'][0]? }");
    const auto& path = std::get<PathSyntax>(std::get<TextSyntax>(parsed).back());
    EXPECT_EQ(path.text, "order['a b'][0]?");
    EXPECT_EQ(path.offset, 4U);
    EXPECT_EQ(path.selectors.at(0).offset, 10U);
    EXPECT_EQ(path.selectors.at(1).offset, 17U);
}

TEST(ExpressionParser, ReadsManyExpressions) {
    const auto parsed = parse_text(repeated("${a.b}$${", 10'000));
    EXPECT_EQ(std::get<TextSyntax>(parsed).size(), 20'000U);
}

TEST(ExpressionParser, SurvivesEveryPrefixAndEveryMissingByte) {
    const std::string text = R"(/a/${o['x\u00e9'].b[12][*]?}$${x}${request.header.a-b}{id})";
    for (std::size_t i = 0; i <= text.size(); ++i) {
        parse_text(text.substr(0, i));
        std::string shorter = text;
        if (i < text.size()) shorter.erase(i, 1);
        const auto parsed = parse_text(shorter);
        const auto* fault = std::get_if<TextFault>(&parsed);
        EXPECT_TRUE(fault == nullptr || fault->offset <= shorter.size());
    }
}

}  // namespace
}  // namespace weft
