#include "plan/expression_parser.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace weft {
namespace {

std::string print(const std::vector<Selector>& selectors) {
    std::string printed;
    for (const Selector& selector : selectors) {
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
    return printed;
}

std::string print(const ExpressionSyntax& expression) {
    if (const auto* path = std::get_if<PathSyntax>(&expression.form)) {
        return "<" + path->root + print(path->selectors) + (path->optional ? "?>" : ">");
    }
    if (const auto* found = std::get_if<LookUpSyntax>(&expression.form)) {
        const PathSyntax& path = found->path;
        return "<" + path.root + "[" + print(found->key.at(0)) + "]" + print(path.selectors) +
               (path.optional ? "?>" : ">");
    }
    if (const auto* constant = std::get_if<ConstantSyntax>(&expression.form)) return constant->json;
    const auto& call = std::get<CallSyntax>(expression.form);
    constexpr const char* functions[] = {"join", "count", "concat", "compact"};
    std::string printed = functions[static_cast<int>(call.function)];
    for (const ExpressionSyntax& argument : call.arguments) printed += " " + print(argument);
    return "(" + printed + ")";
}

std::string print(const ConditionSyntax& condition) {
    if (condition.kind == Operator::value) return print(*condition.operand);
    if (condition.kind == Operator::literal) return condition.literal.json;
    constexpr const char* operators[] = {
        "", "", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||", "!"};
    std::string printed = operators[static_cast<int>(condition.kind)];
    for (const ConditionSyntax& operand : condition.operands) printed += " " + print(operand);
    return "(" + printed + ")";
}

std::string print(const OrFault<ConditionSyntax>& parsed) {
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        return std::to_string(fault->offset) + ": " + fault->message;
    }
    return print(std::get<ConditionSyntax>(parsed));
}

std::string print(const OrFault<TextSyntax>& parsed) {
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        return std::to_string(fault->offset) + ": " + fault->message;
    }
    std::string printed;
    for (const PieceSyntax& piece : std::get<TextSyntax>(parsed)) {
        const auto* literal = std::get_if<LiteralSyntax>(&piece);
        printed += literal != nullptr ? "|" + literal->text + "|"
                                      : print(std::get<ExpressionSyntax>(piece));
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

TEST(ExpressionParser, ReadsConditionsWithThePrecedenceOfC) {
    const Case cases[] = {
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
    for (const Case& each : cases)
        EXPECT_EQ(print(parse_condition(each.text)), each.expected) << each.text;
}

TEST(ExpressionParser, SaysWhereAndWhyAConditionIsRefused) {
    constexpr const char* one = R"(0: "when" is one expression, such as ${order.total > 100})";
    const Case cases[] = {
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
    for (const Case& each : cases)
        EXPECT_EQ(print(parse_condition(each.text)), each.expected) << each.text;
}

TEST(ExpressionParser, BoundsHowDeepExpressionsStandInEachOther) {
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

TEST(ExpressionParser, SurvivesEveryPrefixAndEveryMissingByteOfACondition) {
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
}  // namespace weft
