// What a service says on a connection between two requests is the answer to neither.
#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>
#include <tuple>

#include "conformance/odd_service.hpp"
#include "integration/harness/ask.hpp"
#include "integration/harness/gateway.hpp"

namespace weft::conformance {
namespace {

const char* const routes = R"(
composed:
  path: /composed/{id}
  timeout: 60s
  steps: { thing: { upstream: things, path: "/clean/{id}" } }
  response: { body: { thing: "${thing}" } }
proxied: { path: "/proxied/{id}", timeout: 60s, proxy: { upstream: things, path: "/clean/{id}" } }
)";

struct Stray {
    std::string name;
    std::string bytes;
};

void PrintTo(const Stray& stray, std::ostream* out) { *out << stray.name; }

const std::string answer_to_nothing =
    "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"id\":\"stray\"}";

const std::vector<Stray> strays{
    {"AnAnswer", answer_to_nothing},
    {"TwoAnswers", answer_to_nothing + answer_to_nothing},
    {"AHead", "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n"},
    {"AnInterimAnswer", "HTTP/1.1 100 Continue\r\n\r\n"},
    {"AGoodbye", "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"},
    {"AnEmptyLine", "\r\n"},
    {"ALastChunk", "0\r\n\r\n"},
    {"OneByte", "H"},
    {"Nul", std::string(1, '\0')},
    {"Junk", std::string(100'000, 'x')}};

class StrayBytes : public testing::TestWithParam<std::tuple<Stray, std::string>> {
  protected:
    static void SetUpTestSuite() {
        service_ = std::make_unique<OddService>();
        gateway_ = std::make_unique<Gateway>(GatewayText{
            .upstreams = {{"things", service_->port(), "60s"}}, .routes = routes});
    }
    static void TearDownTestSuite() {
        gateway_->expect_clean_end();
        gateway_.reset();
        service_.reset();
    }

    // The id says whose answer it is: each is asked for once. The connection on which the service
    // was asked.
    static OddService::ConnectionNumber expect_own_answer() {
        static int asked = 0;
        const std::string id = std::to_string(++asked);
        const auto& kind = std::get<1>(GetParam());
        const auto answer = get(gateway_->port(), '/' + kind + '/' + id);
        const std::string own = R"({"id":")" + id + "\"}";
        EXPECT_EQ(answer.status(), 200);
        EXPECT_EQ(answer.body, kind == "composed" ? R"({"thing":)" + own + '}' : own);
        return service_->connection_of_clean_request();
    }
    static void say_on(OddService::ConnectionNumber connection) {
        service_->say_on(connection, std::get<0>(GetParam()).bytes);
    }

    inline static std::unique_ptr<OddService> service_;
    inline static std::unique_ptr<Gateway> gateway_;
};

TEST_P(StrayBytes, EndTheIdleConnection) {
    const auto idle = expect_own_answer();
    say_on(idle);
    EXPECT_TRUE(service_->wait_for_end_of(idle));
    EXPECT_NE(expect_own_answer(), idle);
}

// The bytes are there, but the gateway may not have looked yet.
TEST_P(StrayBytes, AreNoAnswerToARequestThatComesAtTheSameTime) {
    const auto idle = expect_own_answer();
    say_on(idle);
    EXPECT_NE(expect_own_answer(), idle);
    EXPECT_TRUE(service_->wait_for_end_of(idle));
}

std::string test_name(const testing::TestParamInfo<std::tuple<Stray, std::string>>& each) {
    return std::get<0>(each.param).name + '_' + std::get<1>(each.param);
}

INSTANTIATE_TEST_SUITE_P(
    Said,
    StrayBytes,
    testing::Combine(testing::ValuesIn(strays), testing::Values("composed", "proxied")),
    test_name
);

}  // namespace
}  // namespace weft::conformance
