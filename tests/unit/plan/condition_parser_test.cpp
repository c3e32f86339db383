#include <gtest/gtest.h>

#include <string>

#include "unit/plan/print_syntax.hpp"

namespace weft::test {
namespace {

struct ConditionCase {
    const char* text;
    const char* expected;
};

TEST(ConditionParser, HasThePrecedenceOfC) {
    const ConditionCase cases[] = {
        {"${a}", "<a>"},
        {"${ a.b }\n", "<a.b>"},
        {"${!a}", "(! <a>)"},
        {"${!!a}", "(! (! <a>))"},
        {"${a == 'x'}", R"((== <a> "x"))"},
        {"${a != null}", "(!= <a> null)"},
        {"${a < 1}", "(< <a> 1)"},
        {"${a<=-1.50e+3}", "(<= <a> -1.50e+3)"},
        {"${a > 0 }", "(> <a> 0)"},
        {"${0.5>=a}", "(>= 0.5 <a>)"},
        {"${'x' in a.b}", R"((in "x" <a.b>))"},
        {"${in == a.in}", "(== <in> <a.in>)"},
        {"${a || b && c}", "(|| <a> (&& <b> <c>))"},
        {"${a && b || c && d}", "(|| (&& <a> <b>) (&& <c> <d>))"},
        {"${a || b || c}", "(|| <a> <b> <c>)"},
        {"${(a || b) && c}", "(&& (|| <a> <b>) <c>)"},
        {"${a == 1 && b == 2}", "(&& (== <a> 1) (== <b> 2))"},
        {"${!a == b}", "(== (! <a>) <b>)"},
        {"${!(a == b)}", "(! (== <a> <b>))"},
        {"${a == !b}", "(== <a> (! <b>))"},
        {"${(a == b) == (c < d)}", "(== (== <a> <b>) (< <c> <d>))"},
        {"${((a))}", "<a>"},
        {"${true}", "true"},
        {"${user.tier == 'gold' && count(order.items) > 3}",
         R"-((&& (== <user.tier> "gold") (> (count <order.items>) 3)))-"},
        {"${stock[order.sku].count > 0}", "(> <stock[<order.sku>].count> 0)"},
    };
    for (const ConditionCase& each : cases)
        EXPECT_EQ(print(parse_condition(each.text)), each.expected) << each.text;
}

TEST(ConditionParser, SaysWhereAndWhyTextIsRefused) {
    constexpr const char* one = R"(0: "when" is one expression, such as ${order.total > 100})";
    const ConditionCase cases[] = {
        {"", one},
        {"true", one},
        {"order.paid", one},
        {"${a} && ${b}", R"(4: "when" is one expression, such as ${order.total > 100})"},
        {"${}", R"(2: "${}" holds no expression)"},
        {"${a ==", R"(0: "${" is not closed with "}"; a literal "${" is written "$${")"},
        {"${a == }", "7: a value is expected here, such as order.total, 12 or 'text'"},
        {"${== a}", "2: a value is expected here, such as order.total, 12 or 'text'"},
        {"${a && }", "7: a value is expected here, such as order.total, 12 or 'text'"},
        {"${()}", "3: a value is expected here, such as order.total, 12 or 'text'"},
        {"${(a}", R"-(4: ")" is expected here, not "}")-"},
        {"${a)}", R"-(3: "}" is expected here, not ")")-"},
        {"${a b}", R"(4: "}" is expected here, not "b")"},
        {"${a < b < c}", "8: a comparison is not compared again: join two with && or ||"},
        {"${a == b in c}", "9: a comparison is not compared again: join two with && or ||"},
        {"${a == 01}", "7: a number has no leading zeros"},
        {"${a == -00.5}", "7: a number has no leading zeros"},
        {"${a == 1.}", R"(8: "}" is expected here, not ".")"},
        {"${a = 1}", "4: an expression cannot hold `=` here: to compare is `==`"},
        {"${a == \"x\"}",
         "7: an expression cannot hold `\"` here: text is in single quotes, 'like this'"},
        {"${a and b}", R"(4: "}" is expected here, not "and")"},
        {"${count((a))}", "8: an expression begins with a name"},
        {"${a == 'x}", "7: the quote is not closed"},
        {"${true.a}", R"(6: "}" is expected here, not ".")"},
    };
    for (const ConditionCase& each : cases)
        EXPECT_EQ(print(parse_condition(each.text)), each.expected) << each.text;
}

TEST(ConditionParser, BoundsHowDeepExpressionsStandInEachOther) {
    const auto nested = [](std::string_view open, int times, std::string_view close) {
        return "${" + repeated(open, times) + "a" + repeated(close, times) + "}";
    };
    const std::string fault = "an expression is nested too deeply: at most 32 levels";
    EXPECT_EQ(print(parse_text(nested("compact(", 31, ")"))).find(fault), std::string::npos);
    EXPECT_NE(print(parse_text(nested("compact(", 32, ")"))).find(fault), std::string::npos);
    EXPECT_NE(print(parse_text(nested("a[", 100'000, "]"))).find(fault), std::string::npos);
    EXPECT_EQ(print(parse_condition(nested("(", 30, ")"))).find(fault), std::string::npos);
    EXPECT_NE(print(parse_condition(nested("(", 100'000, ")"))).find(fault), std::string::npos);
    EXPECT_NE(print(parse_condition(nested("!", 100'000, ""))).find(fault), std::string::npos);
    EXPECT_NE(print(parse_condition(nested("a == !(", 100, ")"))).find(fault), std::string::npos);
    EXPECT_EQ(
        print(parse_condition("${a" + repeated(" && a", 10'000) + "}")),
        "(&& <a>" + repeated(" <a>", 10'000) + ")"
    );
}

TEST(ConditionParser, SurvivesEveryPrefixAndEveryMissingByte) {
    const std::string text =
        R"(${!(a.b[0] == 'x\'' || count(concat(a?, s[k].c[*])) >= -1.5e3) && b in c || null != true})";
    ASSERT_TRUE(std::holds_alternative<ConditionSyntax>(parse_condition(text)));
    for (std::size_t i = 0; i <= text.size(); ++i) {
        parse_condition(text.substr(0, i));
        std::string shorter = text;
        if (i < text.size()) shorter.erase(i, 1);
        const auto parsed = parse_condition(shorter);
        const auto* fault = std::get_if<TextFault>(&parsed);
        EXPECT_TRUE(fault == nullptr || fault->offset <= shorter.size());
    }
}

}  // namespace
}  // namespace weft::test
