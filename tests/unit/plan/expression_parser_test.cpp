#include "plan/expression_parser.hpp"

#include <gtest/gtest.h>

#include <string>

#include "unit/plan/print_syntax.hpp"

namespace weft::test {
namespace {

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
        {"${join(items, ',')}", R"-((join <items> ","))-"},
        {"a${ count( order.lines[*].id? ) }b", "|a|(count <order.lines[*].id?>)|b|"},
        {"${concat(a.b, compact(c[*]))}", "(concat <a.b> (compact <c[*]>))"},
        {R"(${join(a, '\t\'')})", R"-((join <a> "\t'"))-"},
        {"${count(a)}${count(b)}", "(count <a>)(count <b>)"},
        {"${stock[line.sku]}", "<stock[<line.sku>]>"},
        {"${stock[line.sku].count?}", "<stock[<line.sku>].count?>"},
        {"${stock[a[b.c].d].e[0]['f']}", "<stock[<a[<b.c>].d>].e[0]['f']>"},
        {"${stock[join(line.keys, '-')]}", R"-(<stock[(join <line.keys> "-")]>)-"},
        {"${steps.order.header.x-version}", "<steps.order.header.x-version>"},
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
        {"${a[]}", R"(4: an index, *, 'name' or the key of a look-up is expected after "[")"},
        {"${a[0}", R"(5: "]" is expected here, not "}")"},
        {"${a[01]}", "4: an index has no leading zeros"},
        {"${a[1.5]}", "4: an index is a whole number"},
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
        {"${cuont(a)}", R"(2: unknown function "cuont" (did you mean "count"?))"},
        {"${count(}", "8: an expression begins with a name"},
        {"${count()}", "8: an expression begins with a name"},
        {"${count(a}", R"-(9: ")" is expected here, not "}")-"},
        {"${count(a b)}", R"-(10: ")" is expected here, not "b")-"},
        {"${count(a,)}", "10: an expression begins with a name"},
        {"${count(a)?}",
         R"-(10: "?" stands behind a path, not behind a function: count(order.items?))-"},
        {"${count(a).b}", R"(10: "}" is expected here, not ".")"},
        {"${count(a == b)}", R"-(10: ")" is expected here, not "==")-"},
        {"${stock[]}", R"(8: an index, *, 'name' or the key of a look-up is expected after "[")"},
        {"${stock[a}", R"(9: "]" is expected here, not "}")"},
        {"${stock[a][b]}", "11: a look-up stands right behind the name of its step: stock[...]"},
        {"${order.stock[a]}", "14: a look-up stands right behind the name of its step: order[...]"},
        {"${a == 'b'}", R"(4: the operator "==" stands only in "when")"},
        {"${a && b}", R"(4: the operator "&&" stands only in "when")"},
        {"${!a}", R"(2: the operator "!" stands only in "when")"},
        {"${a in b}", R"(4: the operator "in" stands only in "when")"},
        {"${(a)}", "2: an expression begins with a name"},
        {"${a = b}", "4: an expression cannot hold `=` here: to compare is `==`"},
        {"${a & b}", "4: an expression cannot hold `&` here: the operator is `&&`"},
        {"${a[\"b\"]}",
         "4: an expression cannot hold `\"` here: text is in single quotes, 'like this'"},
        {"${'a'}",
         R"(2: a literal stands only in "when" and in join(list, ','); in text it needs no ${})"},
        {"${12}",
         R"(2: a literal stands only in "when" and in join(list, ','); in text it needs no ${})"},
        {"${true}",
         R"(2: a literal stands only in "when" and in join(list, ','); in text it needs no ${})"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(print(parse_text(each.text)), each.expected) << each.text;
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
    const auto& expression = std::get<ExpressionSyntax>(std::get<TextSyntax>(parsed).back());
    EXPECT_EQ(expression.text, "order['a b'][0]?");
    EXPECT_EQ(expression.offset, 4U);
    const auto& path = std::get<PathSyntax>(expression.form);
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
}  // namespace weft::test
