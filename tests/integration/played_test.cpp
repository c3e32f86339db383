// What passes in `weft test` is what the gateway does: each request is answered over sockets by a
// real gateway, and what it answered and what it sent to the service become a test, which must
// pass, too.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "integration/harness/ask.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/scripted_service.hpp"
#include "places.hpp"

namespace weft {
namespace {

const std::string routes = R"(
composed:
  path: /composed/{id}
  timeout: 30s
  steps:
    order: { upstream: orders, path: "/orders/{id}", query: { q: "${request.query.q?}" }, forward: [authorization] }
    user: { upstream: orders, path: "/users/${order.user}", required: false }
  response:
    headers: { X-Tag: "${steps.order.header.x-tag}" }
    body: { order: "${order}", user: "${user.name}" }
listed:
  path: /listed/{id}
  timeout: 30s
  steps:
    all:
      upstream: orders
      for_each: ${request.query.ids}
      required: false
      batch: { path: /rows, query: { ids: "${join(items, ',')}" }, match: id }
  response:
    body: { all: "${all}" }
posted:
  method: POST
  path: /posted
  timeout: 30s
  body_limit: 64B
  steps:
    one: { upstream: orders, method: POST, path: /posted, body: { wrapped: "${request.body.a}" } }
  response:
    status: 201
    body: ${one}
late:
  path: /late/{id}
  timeout: 30s
  steps:
    one: { upstream: slow, path: "/silent/{id}" }
  response:
    body: ${one}
later:
  path: /later/{id}
  timeout: 200ms
  steps:
    one: { upstream: orders, path: "/silent/{id}", required: false }
  response:
    body: { one: "${one}" }
gone:
  path: /gone/{id}
  timeout: 30s
  steps:
    one: { upstream: gone, path: "/gone/{id}" }
  response:
    body: ${one}
passed:
  path: /passed/{rest...}
  method: PUT
  timeout: 30s
  proxy: { upstream: orders, path: "/{rest...}" }
)";

// How the service answers a target, over sockets and as a stub.
struct Played {
    std::string call;  // method and target
    int status = 200;
    std::string body = "{}";
    std::string fault = {};  // reset, silent
};

const std::vector<Played> plays{
    {"GET /orders/o-1", 200, R"({"user":"u-1", "n":12345678901234567890123})"},
    {"GET /orders/o-1?q=a%20b%26", 200, R"({"user":"u-9"})"},
    {"GET /orders/o-2", 404, R"({"secret":true})"},
    {"GET /orders/o-3", 200, "<html>"},
    {"GET /orders/o-4", 200, "", "reset"},
    {"GET /orders/o-5", 503, ""},
    {"GET /orders/o-6", 200, R"({"user":null})"},
    {"GET /users/u-1", 200, R"({"name":"Ann"})"},
    {"GET /users/u-9", 500, ""},
    {"GET /rows?ids=a%2Cb%2Cc", 200, R"([{"id":"c"},{"id":"a"}])"},
    {"POST /posted", 200, R"({"made":1})"},
    {"GET /silent/1", 200, "", "silent"},
    {"PUT /some/thing?x=%2f", 404, "no  such\nthing"},
};

std::string status_line(int status) { return "HTTP/1.1 " + std::to_string(status) + " \r\n"; }

void play(const Message& request, Connection& connection) {
    const std::string call = request.method() + ' ' + request.target();
    const auto found = std::ranges::find(plays, call, &Played::call);
    if (found == plays.end()) throw std::logic_error{"nothing to play for " + call};
    if (found->fault == "reset") return connection.reset();
    if (found->fault == "silent") {
        connection.closes_within();
        return;
    }
    const auto length = std::to_string(found->body.size());
    connection.send(
        status_line(found->status) + "X-Tag: seven\r\nContent-Length: " + length + "\r\n\r\n" +
        found->body
    );
}

const std::vector<Asked> requests{
    {"GET",
     "/composed/o-1",
     {{"Authorization", "Bearer t"}, {"Cookie", "c"}, {"traceparent", "00-x"}}},
    {"GET", "/composed/o-1?q=a%20b%26"},
    {"GET", "/composed/o-2"},
    {"GET", "/composed/o-3"},
    {"GET", "/composed/o-4"},
    {"GET", "/composed/o-5"},
    {"GET", "/composed/o-6"},
    {"GET", "/listed/1?ids=a&ids=b&ids=c"},
    {"POST", "/posted", {}, R"({"a":[1,2]})"},
    {"POST", "/posted", {}, R"({"b":1})"},
    {"POST", "/posted", {}, "no JSON"},
    {"POST", "/posted", {}, std::string(65, ' ')},
    {"GET", "/late/1"},
    {"GET", "/later/1"},
    {"GET", "/gone/1"},
    {"PUT",
     "/passed/some/thing?x=%2f",
     {{"Cookie", "c"}, {"X-Forwarded-For", "1.2.3.4"}},
     "a body"},
    {"DELETE", "/passed/some/thing"},
    {"GET", "/nothing"},
};

std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

// Fields that follow from connections, time and framing.
bool is_compared(const std::string& name) {
    for (const char* other :
         {"content-length",
          "connection",
          "date",
          "host",
          "x-request-timeout-ms",
          "transfer-encoding"}) {
        if (name == other) return false;
    }
    return true;
}

std::string expectation(const Message& message, const std::vector<std::string>& absent) {
    std::string headers;
    for (const auto& [name, value] : message.fields) {
        if (is_compared(name)) headers += quoted(name) + ": " + quoted(value) + ", ";
    }
    for (const auto& name : absent) {
        if (!message.fields.contains(name)) headers += name + ": null, ";
    }
    return "headers: { " + headers + " }, body: " + quoted(message.body);
}

class PlayedTest : public testing::Test {
  protected:
    PlayedTest() {
        std::uint16_t closed = 0;
        { closed = ScriptedService{play}.port(); }
        text_.upstreams = {
            {"orders", service_.port(), "20s"},
            {"slow", service_.port(), "200ms"},
            {"gone", closed}};
        text_.routes = routes;
    }

    // The stubs are those of the calls that came, each with what it carried.
    std::string stubs(const std::vector<Message>& calls, const std::string& upstream) const;
    std::string test_of(const Asked& asked, Gateway& gateway);

    ScriptedService service_{play};
    GatewayText text_;
};

std::string PlayedTest::stubs(const std::vector<Message>& calls, const std::string& upstream)
    const {
    std::string stubs = "      stub:\n        " + upstream + ":\n";
    for (const Message& call : calls) {
        const std::string name = call.method() + ' ' + call.target();
        // A call that was reset on a kept connection is made once more.
        if (stubs.find(quoted(name)) != std::string::npos) continue;
        const Played& played = *std::ranges::find(plays, name, &Played::call);
        stubs += "          " + quoted(name) + ": { expect: { " +
                 expectation(call, {"authorization", "cookie", "content-type"}) + " }, ";
        if (played.fault == "reset") stubs += "fault: reset }\n";
        if (played.fault == "silent") stubs += "delay: 60m }\n";
        if (!played.fault.empty()) continue;
        stubs += "status: " + std::to_string(played.status) +
                 ", headers: { X-Tag: seven }, body: " + quoted(played.body) + " }\n";
    }
    return stubs;
}

std::string PlayedTest::test_of(const Asked& asked, Gateway& gateway) {
    const std::size_t before = service_.requests().size();
    Asked named = asked;
    named.fields.emplace_back("X-Request-Id", "one");
    const Message answer = ask(gateway.port(), named);
    auto calls = service_.requests();
    calls.erase(calls.begin(), calls.begin() + static_cast<std::ptrdiff_t>(before));
    std::string headers = "Host: gateway.test";
    for (const auto& [name, value] : named.fields) headers += ", " + name + ": " + quoted(value);
    std::string test =
        "    - name: " + quoted(asked.method + ' ' + asked.target + ' ' + asked.body) +
        "\n      request: { method: " + asked.method + ", path: " + quoted(asked.target) +
        ", headers: { " + headers + " }, body: " + quoted(asked.body) + " }\n";
    const bool is_late = asked.target.starts_with("/late/");
    if (!calls.empty()) test += stubs(calls, is_late ? "slow" : "orders");
    if (asked.target.starts_with("/gone/")) {
        test += "      stub: { gone: { GET /gone/1: { fault: refused } } }\n";
    }
    return test + "      expect: { status: " + std::to_string(answer.status()) + ", " +
           expectation(answer, {"weft-complete", "x-tag", "retry-after"}) + " }\n";
}

TEST_F(PlayedTest, WhatTheGatewayAnswersOverSocketsPassesAsATest) {
    std::map<std::string, std::string> tests;  // by route
    {
        Gateway gateway{text_};
        for (const Asked& asked : requests) {
            const auto name = asked.target.substr(1, asked.target.find_first_of("/?", 1) - 1);
            tests[routes.find('\n' + name + ":\n") == std::string::npos ? "gone" : name] +=
                test_of(asked, gateway);
        }
    }
    for (const auto& [route, text] : tests) {
        const auto begin = text_.routes.find('\n' + route + ":\n");
        text_.routes.insert(begin + route.size() + 3, "  tests:\n" + text);
    }
    const TemporaryDirectory directory;
    Process test{{weft_program(), "test", write_configuration(directory, text_).string()}};
    EXPECT_EQ(test.wait_for_exit(), 0) << test.errors() << text_.routes;
    const auto all = std::to_string(requests.size()) + " tests, all passed\n";
    EXPECT_THAT(test.output(), testing::HasSubstr(all));
    EXPECT_THAT(test.output(), testing::Not(testing::HasSubstr("never used")));
}

}  // namespace
}  // namespace weft
