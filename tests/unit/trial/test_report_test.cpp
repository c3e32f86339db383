#include "trial/test_report.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

class TestReportTest : public ::testing::Test {
  protected:
    TestReportTest() {
        const auto file = places_.add_file("routes/r.yaml");
        test_.route = "r";
        test_.name = "what it \"shows\"";
        test_.at = {file, 7, 5};
        test_.request.target = "/r/1";
        for (const char* name : {"GET /orders/1", "GET /orders/2"}) {
            Stub& stub = test_.stubs.emplace_back();
            stub.upstream = "orders";
            stub.name = name;
        }
        failed_.test = &test_;
        failed_.status = 502;
        failed_.took = std::chrono::milliseconds{300};
        passed_ = failed_;
    }

    std::string text() const { return outcomes_as_text(std::vector{passed_, failed_}, places_); }
    Json json() const {
        return Json::parse(outcomes_as_json(std::vector{passed_, failed_}, places_));
    }

    Diagnostics places_;
    RouteTest test_;
    TestOutcome passed_;
    TestOutcome failed_;
};

TEST_F(TestReportTest, SaysOfEachFailedTestWhatWasExpectedAndWhatCame) {
    failed_.differences = {
        {MessagePart::route, "", "\"r\"", "\"other\""},
        {MessagePart::status, "", "200", "502"},
        {MessagePart::header, "ETag", "\"7\"", std::nullopt},
        {MessagePart::body, "", "{}", "\"x\""},
        {MessagePart::body, "/a/0", std::nullopt, "1e400"},
    };
    failed_.calls = {{&test_.stubs[0], {MessagePart::header, "Cookie", std::nullopt, "\"c\""}}};
    EXPECT_EQ(
        text(),
        "ok      r: what it \"shows\"\n"
        "FAILED  r: what it \"shows\"\n"
        "        routes/r.yaml:7:5: GET /r/1 got 502 after 300 ms\n"
        "        the call orders \"GET /orders/1\": header Cookie: expected nothing, got \"c\"\n"
        "        the route that answers: expected \"r\", got \"other\"\n"
        "        status: expected 200, got 502\n"
        "        header ETag: expected \"7\", got nothing\n"
        "        body: expected {}, got \"x\"\n"
        "        body /a/0: expected nothing, got 1e400\n"
        "2 tests, 1 failed\n"
    );
}

TEST_F(TestReportTest, NamesCallsWithoutAStubAndStubsWithoutACall) {
    failed_.unstubbed = {
        {"orders", "GET /orders/3", &test_.stubs[1]}, {"users", "GET /u", nullptr}};
    passed_.unused = {&test_.stubs[0]};
    EXPECT_EQ(
        text(),
        "ok      r: what it \"shows\"\n"
        "        the stub of orders \"GET /orders/1\" was never used\n"
        "FAILED  r: what it \"shows\"\n"
        "        routes/r.yaml:7:5: GET /r/1 got 502 after 300 ms\n"
        "        no stub for the call orders \"GET /orders/3\"; the nearest is that of orders "
        "\"GET "
        "/orders/2\"\n"
        "        no stub for the call users \"GET /u\"\n"
        "2 tests, 1 failed\n"
    );
}

TEST_F(TestReportTest, IsOfBoundedLength) {
    const std::string longest(1000, 'x');
    failed_.differences.assign(1000, {MessagePart::body, "/a", longest, longest});
    const std::string report = text();
    EXPECT_NE(report.find("        and 980 more like these\n"), std::string::npos);
    EXPECT_LT(report.size(), 20'000U);
    // A value is not cut within a character.
    failed_.differences = {{MessagePart::body, "", std::string(199, 'x') + "\xc3\xa9", "1"}};
    EXPECT_NE(text().find(std::string(199, 'x') + "..., got 1\n"), std::string::npos);
}

TEST_F(TestReportTest, ShowsEachValueOnOneLine) {
    failed_.differences = {{MessagePart::body, "/a", "{\n\t\"b\": 1\r\n}", "1"}};
    EXPECT_NE(text().find("body /a: expected {  \"b\": 1  }, got 1\n"), std::string::npos);
}

TEST_F(TestReportTest, CountsThem) {
    EXPECT_TRUE(outcomes_as_text({}, places_).ends_with("0 tests, all passed\n"));
    EXPECT_TRUE(outcomes_as_text(std::vector{passed_}, places_).ends_with("1 test, all passed\n"));
}

TEST_F(TestReportTest, IsOneJsonDocumentForPrograms) {
    failed_.differences = {
        {MessagePart::header, "ETag", "\"7\"", std::nullopt},
        {MessagePart::body, "/a/0", "12345678901234567890123", "[1]"},
    };
    failed_.calls = {{&test_.stubs[0], {MessagePart::body, "", "1", "2"}}};
    failed_.unstubbed = {{"users", "GET /u", &test_.stubs[1]}};
    failed_.unused = {&test_.stubs[1]};
    failed_.bug = "a bug";
    const std::string document = outcomes_as_json(std::vector{failed_}, places_);
    EXPECT_NE(document.find("12345678901234567890123"), std::string::npos);
    EXPECT_EQ(Json::parse(document), Json::parse(R"({"passed":0,"failed":1,"tests":[{
        "route":"r","name":"what it \"shows\"","file":"routes/r.yaml","line":7,"column":5,
        "passed":false,"status":502,"ms":300,
        "differences":[{"part":"header","name":"ETag","expected":"7"},
                       {"part":"body","path":"/a/0","expected":12345678901234567890123,"got":[1]}],
        "calls":[{"upstream":"orders","call":"GET /orders/1","part":"body","path":"",
                  "expected":1,"got":2}],
        "unstubbed":[{"upstream":"users","call":"GET /u",
                      "nearest":{"upstream":"orders","call":"GET /orders/2"}}],
        "bug":"a bug",
        "unused":[{"upstream":"orders","call":"GET /orders/2"}]}]})"));
    EXPECT_EQ(json().at("passed"), 1);
    EXPECT_FALSE(json().at("tests").at(0).contains("differences"));
}

}  // namespace
}  // namespace weft
