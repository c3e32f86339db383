// Each raw case over a socket against the gateway in a process of its own, whole and byte by byte,
// with a service behind it that notes all that reaches it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/cases.hpp"
#include "conformance/recording_service.hpp"
#include "integration/harness/connection.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/gauges.hpp"

namespace weft::conformance {
namespace {

using Clock = std::chrono::steady_clock;

const char* const routes = R"(
get: { path: /get, timeout: 60s, proxy: { upstream: service, path: /get } }
echo-get: { path: /echo, timeout: 60s, proxy: { upstream: service, path: /echo } }
echo-post: { method: POST, path: /echo, timeout: 60s, proxy: { upstream: service, path: /echo } }
echo-put: { method: PUT, path: /echo, timeout: 60s, proxy: { upstream: service, path: /echo } }
small: { method: POST, path: /small, timeout: 60s, body_limit: 1KiB, proxy: { upstream: service, path: /echo } }
)";

const std::string clean_request = "GET /get HTTP/1.1\r\nHost: a.test\r\nX-Clean: 1\r\n\r\n";

// How soon all is as before a case: a clean request is answered, and nothing is counted any more.
constexpr std::chrono::milliseconds clean_limit{built_for_speed ? 100 : 2000};

enum class Pace : std::uint8_t { whole, byte_by_byte };

// What a client has of a connection.
struct Heard {
    std::vector<int> answers;  // the final ones
    int interim = 0;           // how many others
    bool open = false;         // and answers a further request
};

class Sockets : public testing::TestWithParam<Case> {
  protected:
    static void SetUpTestSuite() {
        service_ = std::make_unique<RecordingService>();
        patient_ = std::make_unique<Gateway>(text("60s"));
        hasty_ = std::make_unique<Gateway>(text("200ms"));
    }
    static void TearDownTestSuite() {
        std::cout << clean_ << " clean requests, the slowest answered after "
                  << std::chrono::duration_cast<std::chrono::microseconds>(slowest_).count()
                  << " us\n";
        patient_->expect_clean_end();
        hasty_->expect_clean_end();
        patient_.reset();
        hasty_.reset();
        service_.reset();
    }

    static Gateway& gateway() { return GetParam().waits ? *hasty_ : *patient_; }
    static RecordingService& service() { return *service_; }

    static Heard converse(Pace pace);
    static void expect_clean_request();

  private:
    static GatewayText text(const std::string& patience) {
        return {
            .upstreams = {{"service", service_->port(), "60s"}},
            .routes = routes,
            .more = "timeouts: { head: " + patience + ", body: " + patience + " }\n"};
    }

    inline static std::unique_ptr<RecordingService> service_;
    inline static std::unique_ptr<Gateway> patient_;
    inline static std::unique_ptr<Gateway> hasty_;
    inline static std::size_t clean_ = 0;
    inline static Clock::duration slowest_{0};
};

void send(Connection& connection, std::string_view bytes, Pace pace) {
    const std::size_t size = pace == Pace::whole ? bytes.size() : 1;
    // A gateway that has seen enough takes no more.
    while (!bytes.empty() && connection.send(bytes.substr(0, size))) bytes.remove_prefix(size);
}

// Takes answers until so many final ones are there. False: the connection has ended before.
bool hear(Connection& connection, std::size_t count, BodyRule rule, Heard& heard) {
    while (heard.answers.size() < count) {
        const auto answer = connection.read_message(rule);
        if (!answer) return false;
        if (answer->status() < 200) {
            ++heard.interim;
            continue;
        }
        heard.answers.push_back(answer->status());
        rule = BodyRule::by_framing;
    }
    return true;
}

Heard Sockets::converse(Pace pace) {
    const Case& one = GetParam();
    auto connection = Connection::to(gateway().port());
    send(connection, one.bytes, pace);
    if (!one.closes) connection.end_output();
    const std::size_t expected = one.closes == false ? one.answers.front().size() : SIZE_MAX;
    const auto rule = one.bytes.starts_with("HEAD ") ? BodyRule::never : BodyRule::by_framing;
    Heard heard;
    if (!hear(connection, expected, rule, heard)) return heard;
    connection.send(clean_request);
    const auto further = connection.read_message();
    heard.open = further && further->status() == 200;
    return heard;
}

void Sockets::expect_clean_request() {
    const auto start = Clock::now();
    auto connection = Connection::to(gateway().port());
    connection.send(clean_request);
    const auto answer = connection.read_message();
    const auto took = Clock::now() - start;
    EXPECT_LE(took, clean_limit);
    ++clean_;
    slowest_ = std::max(slowest_, took);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status(), 200);
    EXPECT_EQ(answer->body, "ok");
}

bool came_through_here(const ServiceRequest& request) {
    const auto via = request.last_value("via");
    return via == "1.1 weft" || via == "1.0 weft";
}

bool is_clean(const ServiceRequest& request) { return request.count("x-clean") > 0; }

TEST_P(Sockets, GiveTheSameOutcomeHoweverTheBytesArrive) {
    const Case& one = GetParam();
    for (const Pace pace : {Pace::whole, Pace::byte_by_byte}) {
        SCOPED_TRACE(pace == Pace::whole ? "whole" : "byte by byte");
        service().take_record();  // of a test that failed
        const Heard heard = converse(pace);
        EXPECT_NE(std::ranges::count(one.answers, heard.answers), 0)
            << testing::PrintToString(heard.answers);
        EXPECT_EQ(heard.open, !one.closes.value_or(true));
        if (one.upstream == 0 && !one.waits) {
            EXPECT_EQ(heard.interim, 0) << "asked for a body nobody wants";
        }
        expect_clean_request();
        EXPECT_EQ(gauges_above_zero(gateway().admin_port(), clean_limit), "");

        const auto record = service().take_record();
        EXPECT_THAT(record.faults, testing::IsEmpty());
        EXPECT_THAT(record.requests, testing::Each(testing::Truly(came_through_here)));
        const auto clean = std::ranges::count_if(record.requests, is_clean);
        const auto others = static_cast<int>(record.requests.size()) - static_cast<int>(clean);
        if (!one.upstream) continue;
        EXPECT_EQ(others, *one.upstream);
        EXPECT_EQ(record.begun, record.requests.size()) << "a part of a request came";
    }
}

std::string test_name(const testing::TestParamInfo<Case>& each) {
    std::string name = each.param.id;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Raw, Sockets, testing::ValuesIn(load_cases()), test_name);

}  // namespace
}  // namespace weft::conformance
