#include "compose/render.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/compose/bench.hpp"

namespace weft::test {
namespace {

// What becomes of one value of the request in each position: the whole call, or the code of the
// refusal.
struct Positions {
    Positions()
        : path{build_route({{.name = "s", .path = "/a/${request.path.v}/b"}}, "{}")},
          query{build_route(
              {{.name = "s", .path = "/a", .query = {{"k", "${request.path.v}"}, {"l", "1"}}}}, "{}"
          )},
          header{build_route(
              {{.name = "s", .path = "/a", .headers = {{"x-v", "<${request.path.v}>"}}}}, "{}"
          )} {}

    std::shared_ptr<Snapshot> path;
    std::shared_ptr<Snapshot> query;
    std::shared_ptr<Snapshot> header;
};

Rendered render(const Snapshot& route, std::string value) {
    RequestHead head;
    Run run;
    run.plan = &route.plans.front();
    run.compose = &std::get<ComposePlan>(run.plan->work);
    run.inputs.head = &head;
    run.inputs.parameters.push_back({"v", std::move(value), ""});
    return render_call(0, Scope{run, &run.compose->steps.front()});
}

std::string target_of(const Snapshot& route, std::string value) {
    const Rendered rendered = render(route, std::move(value));
    if (const auto* failure = std::get_if<Failure>(&rendered)) {
        EXPECT_EQ(failure->fault(), Fault::client);
        EXPECT_EQ(failure->step(), "s");
        return std::string{traits(failure->kind()).code};
    }
    return std::get<StepCall>(rendered).target;
}

std::string header_of(const Snapshot& route, std::string value) {
    const Rendered rendered = render(route, std::move(value));
    if (const auto* failure = std::get_if<Failure>(&rendered)) {
        return std::string{traits(failure->kind()).code};
    }
    return std::get<StepCall>(rendered).headers.at(0).value();
}

struct Row {
    std::string value;
    std::string expected;
};

TEST(Render, EncodesAValueInThePathAsOneSegment) {
    const Positions positions;
    const std::vector<Row> rows{
        {"o-1", "/a/o-1/b"},
        {"A.z_~-9", "/a/A.z_~-9/b"},
        {"a/b", "/a/a%2Fb/b"},
        {"a?b#c", "/a/a%3Fb%23c/b"},
        {"100%", "/a/100%25/b"},
        {"%2e%2e", "/a/%252e%252e/b"},
        {"\r\nX: y", "/a/%0D%0AX%3A%20y/b"},
        {std::string("\0", 1), "/a/%00/b"},
        {"...", "/a/.../b"},
        {"é", "/a/%C3%A9/b"},
        {"+ ;,=&@:", "/a/%2B%20%3B%2C%3D%26%40%3A/b"},
        {std::string(256, 'x'), "/a/" + std::string(256, 'x') + "/b"},
        {"", "invalid_value"},
        {".", "invalid_value"},
        {"..", "invalid_value"},
        {std::string(257, 'x'), "invalid_value"},
        {"\xff", "invalid_value"},
        {"\xc0\xaf", "invalid_value"},
        {"\xed\xa0\x80", "invalid_value"},
        {"\xf4\x90\x80\x80", "invalid_value"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(target_of(*positions.path, row.value), row.expected) << row.value;
    }
}

TEST(Render, EncodesAValueInTheQueryAsOneParameter) {
    const Positions positions;
    const std::vector<Row> rows{
        {"", "/a?k=&l=1"},
        {"a b,c+d", "/a?k=a%20b%2Cc%2Bd&l=1"},
        {"x&y=1#z", "/a?k=x%26y%3D1%23z&l=1"},
        {"..", "/a?k=..&l=1"},
        {"\r\n", "/a?k=%0D%0A&l=1"},
        {std::string(4096, 'x'), "/a?k=" + std::string(4096, 'x') + "&l=1"},
        {std::string(4097, 'x'), "invalid_value"},
    };
    for (const Row& row : rows) EXPECT_EQ(target_of(*positions.query, row.value), row.expected);
}

TEST(Render, RefusesControlsInAHeader) {
    const Positions positions;
    const std::vector<Row> rows{
        {"", "<>"},
        {"a b", "<a b>"},
        {"é", "<é>"},
        {"a\r\nx: y", "invalid_value"},
        {"\t", "invalid_value"},
        {std::string("\0", 1), "invalid_value"},
        {"\x7f", "invalid_value"},
        {std::string(8193, 'x'), "invalid_value"},
    };
    for (const Row& row : rows) EXPECT_EQ(header_of(*positions.header, row.value), row.expected);
}

// Every string of one and two bytes.
template <class Check>
void for_all_short_strings(Check check) {
    for (int a = 0; a < 256; ++a) {
        check(std::string(1, static_cast<char>(a)));
        for (int b = 0; b < 256; ++b) check({static_cast<char>(a), static_cast<char>(b)});
    }
}

bool only_segment_characters(std::string_view text) {
    return text.find_first_not_of(
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%"
           ) == std::string_view::npos;
}

TEST(Render, NoShortValueChangesTheShapeOfItsTemplate) {
    const Positions positions;
    for_all_short_strings([&](const std::string& value) {
        const std::string path = target_of(*positions.path, value);
        if (path != "invalid_value") {
            ASSERT_TRUE(path.starts_with("/a/") && path.ends_with("/b"));
            const std::string_view segment{path.data() + 3, path.size() - 5};
            ASSERT_TRUE(!segment.empty() && segment != "." && segment != "..");
            ASSERT_TRUE(only_segment_characters(segment)) << path;
        }
        const std::string query = target_of(*positions.query, value);
        ASSERT_TRUE(query.starts_with("/a?k=") && query.ends_with("&l=1"));
        ASSERT_TRUE(only_segment_characters(query.substr(5, query.size() - 9))) << query;
        const std::string header = header_of(*positions.header, value);
        ASSERT_TRUE(std::ranges::none_of(header, [](char c) {
            return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        }));
    });
}

TEST(Render, RefusesASegmentThatIsDotsAsAWhole) {
    for (const char* path : {"/a/.", "/a/%2e%2E", "/.."}) {
        const auto route = build_route({{.name = "s", .path = path}}, "{}");
        EXPECT_TRUE(std::holds_alternative<Failure>(render(*route, "x"))) << path;
    }
    const auto joined = build_route({{.name = "s", .path = "/.${request.path.v}"}}, "{}");
    EXPECT_EQ(target_of(*joined, "x"), "/.x");
}

TEST(Render, EncodesTheLiteralsOfAQuery) {
    const auto route = build_route(
        {{.name = "s", .path = "/", .query = {{"q", "a b:${request.path.v}"}, {"w", ""}}}}, "{}"
    );
    EXPECT_EQ(target_of(*route, "x"), "/?q=a%20b%3Ax&w=");
}

}  // namespace
}  // namespace weft::test
