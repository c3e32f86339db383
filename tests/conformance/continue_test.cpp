// Expect: 100-continue (RFC 9110 section 10.1.1), where the client waits for its answer.
#include <gtest/gtest.h>

#include <string>

#include "conformance/recording_service.hpp"
#include "integration/harness/connection.hpp"
#include "integration/harness/gateway.hpp"

namespace weft::conformance {
namespace {

const char* const routes = R"(
echo: { method: POST, path: /echo, timeout: 60s, proxy: { upstream: service, path: /echo } }
composed:
  method: POST
  path: /composed
  timeout: 60s
  steps: { thing: { upstream: service, method: POST, path: /echo, body: "${request.body}" } }
  response: { body: { thing: "${thing}" } }
)";

class Continue : public testing::Test {
  protected:
    Connection expecting(const std::string& target, const std::string& framing) {
        auto client = Connection::to(gateway_.port());
        client.send(
            "POST " + target + " HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\n" + framing +
            "\r\n\r\n"
        );
        return client;
    }

    static void expect_status(Connection& client, int status) {
        const auto answer = client.read_message();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status(), status);
    }

    RecordingService service_;
    Gateway gateway_{
        GatewayText{.upstreams = {{"service", service_.port(), "60s"}}, .routes = routes}};
};

TEST_F(Continue, IsSaidOnceTheBodyIsWanted) {
    for (const char* target : {"/echo", "/composed"}) {
        auto client = expecting(target, "Content-Length: 5");
        expect_status(client, 100);
        EXPECT_EQ(service_.take_record().begun, 0U);
        client.send("\"abc\"");
        expect_status(client, 200);
        const auto record = service_.take_record();
        ASSERT_EQ(record.requests.size(), 1U);
        EXPECT_EQ(record.requests[0].body, "\"abc\"");
        EXPECT_EQ(record.faults.size(), 0U);
    }
}

TEST_F(Continue, IsSaidForChunks) {
    auto client = expecting("/echo", "Transfer-Encoding: chunked");
    expect_status(client, 100);
    client.send("5\r\nhello\r\n0\r\n\r\n");
    expect_status(client, 200);
    client.send("POST /echo HTTP/1.1\r\nHost: a.test\r\nContent-Length: 2\r\n\r\nok");
    expect_status(client, 200);
}

TEST_F(Continue, IsNotSaidWhereTheAnswerIsKnown) {
    const auto refused = [this](const std::string& target, const std::string& framing, int status) {
        auto client = expecting(target, framing);
        expect_status(client, status);
        EXPECT_TRUE(client.closes_within()) << "the body may or may not follow";
    };
    refused("/nowhere", "Content-Length: 5", 404);
    refused("/echo", "Content-Length: 1048577", 413);
    refused("/composed", "Content-Length: 1048577", 413);
    refused("/echo", "Content-Length: 5, 5", 400);
    EXPECT_EQ(service_.take_record().begun, 0U);
}

}  // namespace
}  // namespace weft::conformance
