// What stands around the calls to a service, seen from outside.
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "integration/harness/ask.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/gauges.hpp"
#include "integration/harness/scripted_service.hpp"

namespace weft {
namespace {

const std::string routes = R"(
thing:
  path: /thing/{id}
  timeout: 20s
  steps: { thing: { upstream: things, path: "/things/{id}", forward: [authorization] } }
  response: { body: { thing: "${thing}" } }
twice:
  path: /twice/{id}
  timeout: 20s
  steps:
    one: { upstream: things, path: "/things/{id}" }
    other: { upstream: things, path: "/things/{id}" }
  response: { body: { one: "${one}", other: "${other}" } }
order:
  method: POST
  path: /order
  timeout: 20s
  steps: { thing: { upstream: things, method: POST, path: /things, body: "${request.body}" } }
  response: { body: { thing: "${thing}" } }
through:
  path: /through/{id}
  timeout: 20s
  proxy: { upstream: things, path: "/things/{id}" }
)";

class ResilienceTest : public testing::Test {
  protected:
    void serve(const std::string& policies) {
        gateway_ = std::make_unique<Gateway>(GatewayText{
            .upstreams = {{"things", service_.port(), "10s", policies}},
            .routes = routes,
            .workers = 1});  // of which each has limits of its own
    }
    Message get_thing(const std::string& target, const Fields& fields = {}) const {
        return get(gateway_->port(), target, fields);
    }
    std::future<Message> get_later(const std::string& target, const Fields& fields = {}) const {
        return std::async(std::launch::async, [this, target, fields] {
            return get_thing(target, fields);
        });
    }
    void release() {
        holds_ = false;
        release_.set_value();
    }
    static void expect_refused(const Message& answer, const std::string& error) {
        EXPECT_EQ(answer.status(), 503) << answer.body;
        EXPECT_EQ(answer.field("proxy-status"), "weft; error=" + error);
        EXPECT_EQ(answer.field("retry-after"), "1");
    }

    std::atomic<int> status_ = 200;
    std::atomic<bool> holds_ = false;
    std::promise<void> release_;
    std::shared_future<void> released_ = release_.get_future().share();
    ScriptedService service_{[this](const Message&, Connection& connection) {
        if (holds_) released_.wait_for(patience);
        const int status = status_;
        // Before the answer is out: the test goes on with it, and may set the next one.
        if (status == 503) status_ = 200;
        connection.send(answer_bytes(status, "{}"));
    }};
    std::unique_ptr<Gateway> gateway_;
};

TEST_F(ResilienceTest, AGetIsTriedAgainAndAPostIsNot) {
    serve("retry: { statuses: [503] }");
    status_ = 503;
    EXPECT_EQ(get_thing("/thing/1").status(), 200);
    EXPECT_EQ(service_.requests().size(), 2U);
    status_ = 503;
    const auto post = ask(gateway_->port(), {.method = "POST", .target = "/order", .body = "{}"});
    EXPECT_EQ(post.status(), 502);
    EXPECT_EQ(service_.requests().size(), 3U);
    gateway_->expect_clean_end();
}

TEST_F(ResilienceTest, ABreakerRefusesCallsOfStepsAndOfProxies) {
    serve("circuit_breaker: { least_calls: 2, open: 60m, longest_open: 60m }");
    status_ = 500;
    EXPECT_EQ(get_thing("/thing/1").status(), 502);
    EXPECT_EQ(get_thing("/through/1").status(), 500);
    expect_refused(get_thing("/thing/1"), "destination_unavailable");
    expect_refused(get_thing("/through/1"), "destination_unavailable");
    EXPECT_EQ(service_.requests().size(), 2U);
    gateway_->expect_clean_end();
}

TEST_F(ResilienceTest, ALimitLetsOneWaitAndRefusesMore) {
    serve("max_concurrency: 1");
    holds_ = true;
    auto first = get_later("/thing/1");
    ASSERT_TRUE(service_.wait_for_requests(1));
    auto waiting = get_later("/through/2");
    ASSERT_TRUE(wait_for_metric(
        gateway_->admin_port(), R"(weft_calls_waiting{upstream="things",for="max_concurrency"} 1)"
    ));
    expect_refused(get_thing("/thing/3"), "connection_limit_reached");
    expect_refused(get_thing("/through/4"), "connection_limit_reached");
    release();
    EXPECT_EQ(first.get().status(), 200);
    EXPECT_EQ(waiting.get().status(), 200);
    EXPECT_EQ(service_.requests().size(), 2U);
    EXPECT_EQ(gauges_above_zero(gateway_->admin_port()), "");
    gateway_->expect_clean_end();
}

TEST_F(ResilienceTest, WhatIsUnderWayIsSeenFromOutside) {
    serve("max_connections: 1");
    holds_ = true;
    auto asked = get_later("/thing/1");
    ASSERT_TRUE(service_.wait_for_requests(1));
    auto waiting = get_later("/through/2");
    for (const std::string line :
         {R"(weft_calls_waiting{upstream="things",for="connection"} 1)",
          R"(weft_calls_in_flight{upstream="things"} 2)",
          R"(weft_upstream_connections{upstream="things",state="in_use"} 1)",
          R"(weft_upstream_connections{upstream="things",state="idle"} 0)"}) {
        EXPECT_TRUE(wait_for_metric(gateway_->admin_port(), line)) << line;
    }
    release();
    EXPECT_EQ(asked.get().status(), 200);
    EXPECT_EQ(waiting.get().status(), 200);
    EXPECT_EQ(gauges_above_zero(gateway_->admin_port()), "");
    EXPECT_TRUE(wait_for_metric(
        gateway_->admin_port(), R"(weft_upstream_connections{upstream="things",state="idle"} 1)"
    ));
    gateway_->expect_clean_end();
}

TEST_F(ResilienceTest, EqualGetsShareOneCall) {
    serve("coalesce: true");
    EXPECT_EQ(get_thing("/twice/1").body, R"({"one":{},"other":{}})");
    EXPECT_EQ(service_.requests().size(), 1U);
    EXPECT_EQ(service_.requests()[0].field("x-forwarded-for"), "");
    gateway_->expect_clean_end();
}

TEST_F(ResilienceTest, TwoUsersNeverShareACall) {
    serve("coalesce: true");
    holds_ = true;
    auto anna = get_later("/thing/1", {{"Authorization", "Bearer anna"}});
    auto bert = get_later("/thing/1", {{"Authorization", "Bearer bert"}});
    EXPECT_TRUE(service_.wait_for_requests(2));
    release();
    EXPECT_EQ(anna.get().status(), 200);
    EXPECT_EQ(bert.get().status(), 200);
    gateway_->expect_clean_end();
}

}  // namespace
}  // namespace weft
