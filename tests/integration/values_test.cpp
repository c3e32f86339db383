// Values that want to be more than a value: none can add a segment, a parameter, a field or a row.
#include <gtest/gtest.h>

#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "integration/harness/ask.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/scripted_service.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

const char* const routes = R"(
by-path:
  path: /by-path/{id}
  steps:
    thing: { upstream: things, path: "/things/{id}" }
  response: { body: { thing: "${thing}" } }
by-query:
  path: /by-query
  steps:
    thing: { upstream: things, path: "/things/${request.query.id}" }
  response: { body: { thing: "${thing}" } }
into-query:
  path: /into-query
  steps:
    thing: { upstream: things, path: /things, query: { "q": "${request.query.id}" } }
  response: { body: { thing: "${thing}" } }
into-header:
  path: /into-header
  steps:
    thing: { upstream: things, path: /things, headers: { X-Id: "${request.query.id}" } }
  response: { body: { thing: "${thing}" } }
from-body:
  path: /from-body
  steps:
    source: { upstream: source, path: /source }
    thing: { upstream: things, path: "/things/${source.id}" }
  response: { body: { source: "${source}", thing: "${thing}" } }
from-body-optional:
  path: /from-body-optional
  steps:
    source: { upstream: source, path: /source }
    thing: { upstream: things, path: "/things/${source.id}", required: false }
  response: { body: { source: "${source}", thing: "${thing}" } }
)";

class ValuesTest : public testing::Test {
  protected:
    Message ask_for(const std::string& target) { return get(gateway_.port(), target); }

    // The target of the last call to things; empty if there was none since the last look.
    std::string call() {
        const auto requests = things_.requests();
        if (requests.size() == seen_) return {};
        seen_ = requests.size();
        return requests.back().target();
    }

    // What the service named source sends from now on.
    void set_source(std::string body) {
        const std::lock_guard lock{mutex_};
        source_ = std::move(body);
    }
    void let_source_have_no_content() {
        const std::lock_guard lock{mutex_};
        source_.reset();
    }
    std::string source() {
        const std::lock_guard lock{mutex_};
        return source_.value();
    }

    ScriptedService things_{ScriptedService::json([](const Message&) { return "{}"; })};

  private:
    std::string source_answer() {
        const std::lock_guard lock{mutex_};
        return source_ ? json_answer(*source_) : "HTTP/1.1 204 No Content\r\n\r\n";
    }

    std::mutex mutex_;
    std::optional<std::string> source_ = "{}";  // guarded by mutex_
    ScriptedService source_service_{
        [this](const Message&, Connection& connection) { connection.send(source_answer()); }};
    Gateway gateway_{GatewayText{
        .upstreams =
            {{.name = "things", .port = things_.port()},
             {.name = "source", .port = source_service_.port()}},
        .routes = routes}};
    std::size_t seen_ = 0;
};

// As a client encodes the value, and as it must go to the service: everything but unreserved, in
// upper case.
const std::vector<std::pair<std::string, std::string>> carried{
    {"a%2Fb", "a%2Fb"},
    {"%2e%2e%2fadmin", "..%2Fadmin"},
    {"a%3Fx=1", "a%3Fx%3D1"},
    {"a%23b", "a%23b"},
    {"100%25", "100%25"},
    {"%252F", "%252F"},
    {"a%0D%0AX-Evil:%201", "a%0D%0AX-Evil%3A%201"},
    {"a%20b", "a%20b"},
    {"a%3Bb%2Cc", "a%3Bb%2Cc"},
    {"%C3%A9", "%C3%A9"},
    {"...", "..."},
    {"-._~", "-._~"},
    {"9007199254740993", "9007199254740993"},
};

TEST_F(ValuesTest, AQueryValueStaysOneSegment) {
    for (const auto& [sent, expected] : carried) {
        EXPECT_EQ(ask_for("/by-query?id=" + sent).status(), 200) << sent;
        EXPECT_EQ(call(), "/things/" + expected);
    }
}

TEST_F(ValuesTest, AQueryValueStaysOneParameter) {
    for (const auto& [sent, expected] : carried) {
        EXPECT_EQ(ask_for("/into-query?id=" + sent).status(), 200) << sent;
        EXPECT_EQ(call(), "/things?q=" + expected);
    }
    EXPECT_EQ(ask_for("/into-query?id=a%26b%3D1").status(), 200);
    EXPECT_EQ(call(), "/things?q=a%26b%3D1");
}

TEST_F(ValuesTest, APathParameterStaysOneSegment) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"a%3Fx=1", "a%3Fx%3D1"},
        {"a%23b", "a%23b"},
        {"100%25", "100%25"},
        {"%252e%252e", "%252e%252e"},
        {"a;b=c,d", "a%3Bb%3Dc%2Cd"},
        {"a+b", "a%2Bb"},
        {"%C3%A9", "%C3%A9"},
    };
    for (const auto& [sent, expected] : cases) {
        EXPECT_EQ(ask_for("/by-path/" + sent).status(), 200) << sent;
        EXPECT_EQ(call(), "/things/" + expected);
    }
}

TEST_F(ValuesTest, APathThatIsNotWhatItLooksLikeIsRefusedAtTheDoor) {
    for (const std::string sent :
         {"a%2Fb", "a%5Cb", "a%00b", "a%0D%0Ab", "..", ".", "%2e%2E", "%C0%AF", "a%4", "a%zz"}) {
        EXPECT_EQ(ask_for("/by-path/" + sent).status(), 400) << sent;
        EXPECT_EQ(call(), "") << sent;
    }
    EXPECT_EQ(ask_for("/by-path/").status(), 404) << "a parameter is not empty";
}

TEST_F(ValuesTest, AValueThatCannotBeASegmentIsRefusedWithoutACall) {
    const std::string longest(256, 'a');
    EXPECT_EQ(ask_for("/by-query?id=" + longest).status(), 200);
    EXPECT_EQ(call(), "/things/" + longest);
    for (const std::string& sent :
         {std::string{},
          std::string{"."},
          std::string{".."},
          std::string{"%2e."},
          std::string{"%FF"},
          longest + "a"}) {
        const auto answer = ask_for("/by-query?id=" + sent);
        EXPECT_EQ(answer.status(), 400) << sent;
        const auto problem = Json::parse(answer.body);
        EXPECT_EQ(problem.at("code"), "invalid_value") << sent;
        EXPECT_EQ(problem.at("step"), "thing");
        EXPECT_EQ(call(), "") << sent;
    }
    const auto absent = ask_for("/by-query");
    EXPECT_EQ(absent.status(), 400);
    EXPECT_EQ(Json::parse(absent.body).at("code"), "missing_input");
    EXPECT_EQ(call(), "");
}

TEST_F(ValuesTest, AFieldValueWithAControlIsRefusedWithoutACall) {
    EXPECT_EQ(ask_for("/into-header?id=plain%20text").status(), 200);
    EXPECT_EQ(things_.requests().back().field("x-id"), "plain text");
    call();
    for (const std::string sent : {"a%0D%0AX-Evil:%201", "a%0Ab", "a%00b", "a%7Fb"}) {
        const auto answer = ask_for("/into-header?id=" + sent);
        EXPECT_EQ(answer.status(), 400) << sent;
        EXPECT_EQ(Json::parse(answer.body).at("code"), "invalid_value");
        EXPECT_EQ(call(), "") << sent;
    }
}

TEST_F(ValuesTest, AServicesNumberKeepsItsDigits) {
    for (const std::string number :
         {"9007199254740993", "1000000000000000000000000000000", "-0", "1e400"}) {
        set_source(R"({ "id" : )" + number + " }");
        const auto answer = ask_for("/from-body");
        EXPECT_EQ(answer.status(), 200) << answer.body;
        EXPECT_EQ(call(), "/things/" + number);
        EXPECT_EQ(answer.body, R"({"source":)" + source() + R"(,"thing":{}})");
    }
}

TEST_F(ValuesTest, AServicesTextStaysOneSegment) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"a/b", "a%2Fb"},
        {"../x", "..%2Fx"},
        {"a?b", "a%3Fb"},
        {"a#b", "a%23b"},
        {"a%2Fb", "a%252Fb"},
        {"\\r\\n", "%0D%0A"},
        {"\\u00e9", "%C3%A9"},
        {"\\ud83d\\ude00", "%F0%9F%98%80"},
    };
    for (const auto& [text, expected] : cases) {
        set_source(R"({"id":")" + text + "\"}");
        EXPECT_EQ(ask_for("/from-body").status(), 200) << text;
        EXPECT_EQ(call(), "/things/" + expected);
    }
}

TEST_F(ValuesTest, AServicesValueThatCannotBeASegmentIsTheServicesFault) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {R"("")", "invalid_value"},
        {R"("..")", "invalid_value"},
        {R"({"a":1})", "invalid_value"},
        {"[1]", "invalid_value"},
        {"null", "missing_input"},
    };
    for (const auto& [value, code] : cases) {
        SCOPED_TRACE(value);
        set_source(R"({"id":)" + value + "}");
        const auto required = ask_for("/from-body");
        EXPECT_EQ(required.status(), 502);
        EXPECT_EQ(Json::parse(required.body).at("code"), code);
        const auto optional = ask_for("/from-body-optional");
        EXPECT_EQ(optional.status(), 200);
        const Json entry{{"path", "/thing"}, {"code", code}, {"status", 502}};
        EXPECT_EQ(Json::parse(optional.body).at("errors"), Json::array({entry}));
        EXPECT_EQ(call(), "");
    }
}

TEST_F(ValuesTest, ABodyThatIsNotJsonIsNotPassedOn) {
    for (const std::string body :
         {"",
          "{\"id\":1",
          "{\"id\":1}x",
          "\xEF\xBB\xBF{\"id\":1}",
          "{\"id\":\"\xFF\"}",
          "{\"id\":1,\"id\":2}"}) {
        set_source(body);
        const auto answer = ask_for("/from-body");
        EXPECT_EQ(answer.status(), 502) << body;
        EXPECT_EQ(
            answer.field("proxy-status"), "weft; error=http_protocol_error; details=\"json\""
        );
        EXPECT_EQ(Json::parse(answer.body).at("code"), "upstream_json");
        EXPECT_EQ(call(), "");
    }
}

TEST_F(ValuesTest, NoContentIsNull) {
    let_source_have_no_content();
    const auto answer = ask_for("/from-body");
    EXPECT_EQ(answer.status(), 502);
    EXPECT_EQ(Json::parse(answer.body).at("code"), "missing_input");
    EXPECT_EQ(call(), "");
}

}  // namespace
}  // namespace weft
