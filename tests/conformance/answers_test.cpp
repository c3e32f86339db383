// Each way a service can misbehave, through a composition and through a pass-through route of the
// gateway in a process of its own.
#include "conformance/answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "conformance/odd_service.hpp"
#include "integration/harness/ask.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/gauges.hpp"

namespace weft::conformance {
namespace {

// One case of a rule, through one kind of route.
struct Played {
    AnswerCase answer;
    AnswerRule rule;  // without its cases
    bool composed = true;

    const Made& expected() const { return composed ? rule.composed : rule.proxied; }
    std::string kind() const { return composed ? "composed" : "proxied"; }
};

void PrintTo(const Played& one, std::ostream* out) {
    *out << one.answer.id << ", " << one.kind() << ": " << one.rule.sent;
}

std::vector<Played> all_played() {
    std::vector<Played> all;
    for (AnswerRule& rule : load_answer_rules()) {
        const auto cases = std::move(rule.cases);
        for (const auto& answer : cases) {
            all.push_back({answer, rule, true});
            all.push_back({answer, rule, false});
        }
    }
    return all;
}

// The routes over one upstream, which has its name.
std::string routes_over(const std::string& name) {
    const auto at = [&](const std::string& route, const std::string& rest) {
        return name + '-' + route + ": { path: \"/" + name + '/' + route +
               "/{id}\", timeout: 60s, " + rest + " }\n";
    };
    const auto asks = [&](const std::string& path, const std::string& body) {
        return "steps: { thing: { upstream: " + name + ", path: \"/" + path +
               "/{id}\" } }, response: { body: { " + body + " } }";
    };
    return at("composed", asks("case", "id: \"${thing.id?}\", thing: \"${thing}\"")) +
           at("clean", asks("clean", "thing: \"${thing}\"")) +
           at("proxied", "proxy: { upstream: " + name + ", path: \"/case/{id}\" }");
}

class Answers : public testing::TestWithParam<Played> {
  protected:
    static void SetUpTestSuite() {
        service_ = std::make_unique<OddService>();
        const std::string bounded = "max_body: 64KiB";
        gateway_ = std::make_unique<Gateway>(GatewayText{
            .upstreams =
                {{"patient", service_->port(), "60s", bounded},
                 {"hasty", service_->port(), "200ms", bounded}},
            .routes = routes_over("patient") + routes_over("hasty"),
            .more = "timeouts: { body: 200ms }\n"});
    }
    static void TearDownTestSuite() {
        gateway_->expect_clean_end();
        gateway_.reset();
        service_.reset();
    }

    static std::string upstream() {
        return GetParam().rule.then == Then::silence ? "/hasty/" : "/patient/";
    }
    // Nothing if the connection ended within the answer, or before it.
    static std::optional<Message> ask_for_case();
    static void expect_outcome(const std::optional<Message>& answer);
    static void expect_clean_answer();

    inline static std::unique_ptr<OddService> service_;
    inline static std::unique_ptr<Gateway> gateway_;
};

std::optional<Message> Answers::ask_for_case() {
    auto client = Connection::to(gateway_->port());
    client.send(request_bytes({.target = upstream() + GetParam().kind() + "/1"}));
    try {
        return client.read_message();
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
}

void Answers::expect_outcome(const std::optional<Message>& answer) {
    const Made& expected = GetParam().expected();
    if (expected.fate == Fate::cut && !answer) return;
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status(), expected.status) << answer->body;
    EXPECT_EQ(answer->field("proxy-status"), expected.proxy_status);
}

// Whose answer it is can be told from the id, which was never asked for before.
void Answers::expect_clean_answer() {
    static int asked = 0;
    const std::string id = std::to_string(++asked);
    const auto answer = get(gateway_->port(), upstream() + "clean/" + id);
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(answer.body, R"({"thing":{"id":")" + id + R"("}})");
}

TEST_P(Answers, AreJudgedAndNeverSeenInAnotherAnswer) {
    const Played& played = GetParam();
    service_->play({played.answer.bytes, played.rule.then});
    const auto answer = ask_for_case();
    expect_outcome(answer);
    const auto connection = service_->connection_of_case();
    if (played.expected().fate != Fate::kept) {
        EXPECT_TRUE(service_->wait_for_end_of(connection));
    }
    EXPECT_EQ(gauges_above_zero(gateway_->admin_port()), "");
    expect_clean_answer();
    const bool same = service_->connection_of_clean_request() == connection;
    EXPECT_EQ(same, played.expected().fate == Fate::kept);
}

std::string test_name(const testing::TestParamInfo<Played>& each) {
    std::string name = each.param.answer.id + '_' + each.param.kind();
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Odd, Answers, testing::ValuesIn(all_played()), test_name);

}  // namespace
}  // namespace weft::conformance
