// Services that answer while they are still being sent the request's body.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <thread>

#include "integration/harness/connection.hpp"
#include "integration/harness/events.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/raw_service.hpp"

namespace weft {
namespace {

const char* const routes = R"(
upload: { method: POST, path: /upload, timeout: 60s, body_limit: 64MiB, proxy: { upstream: service, path: /upload } }
)";

constexpr std::size_t mebibyte = std::size_t{1} << 20;

std::string head_of_upload(std::size_t length) {
    return "POST /upload HTTP/1.1\r\nHost: a.test\r\nContent-Length: " + std::to_string(length) +
           "\r\n\r\n";
}

GatewayText gateway_over(const RawService& service) {
    return {.upstreams = {{"service", service.port(), "60s"}}, .routes = routes};
}

// The head, and what of the body came with it.
std::string read_head(Connection& connection) {
    std::string bytes;
    while (bytes.find("\r\n\r\n") == std::string::npos) {
        const auto more = connection.read_some();
        if (more.empty()) break;
        bytes += more;
    }
    return bytes;
}

// Sends back each piece of the body before it reads the next one.
void echo_piece_by_piece(Connection& connection, std::size_t length) {
    const auto start = read_head(connection);
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n");
    auto piece = start.substr(start.find("\r\n\r\n") + 4);
    for (std::size_t left = length; left > 0;) {
        if (!connection.send(piece)) return;
        left -= piece.size();
        if (left == 0) return;
        piece = connection.read_some();
        if (piece.empty()) return;
    }
}

TEST(EarlyAnswer, StreamsWhileTheRequestStillDoes) {
    constexpr std::size_t length = 32 * mebibyte;  // more than all socket buffers on the way hold
    RawService service{[](Connection& connection) { echo_piece_by_piece(connection, length); }};
    Gateway gateway{gateway_over(service)};
    auto client = Connection::to(gateway.port());
    std::thread sender{[&client] {
        client.send(head_of_upload(length));
        const std::string piece(mebibyte, 'x');
        for (std::size_t sent = 0; sent < length; sent += piece.size()) client.send(piece);
    }};
    const auto answer = client.read_message();
    sender.join();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status(), 200);
    EXPECT_TRUE(answer->body == std::string(length, 'x')) << answer->body.size();
}

// What a client gets that has sent a part of its body and waits.
std::optional<Message> answer_to_half_an_upload(const std::string& answer, Event& ended) {
    RawService service{[&](Connection& connection) {
        read_head(connection);
        connection.send(answer);
        while (!connection.read_some().empty()) {
        }
        ended.happen();
    }};
    Gateway gateway{gateway_over(service)};
    auto client = Connection::to(gateway.port());
    client.send(head_of_upload(mebibyte) + std::string(mebibyte / 2, 'x'));
    auto got = client.read_message();
    EXPECT_TRUE(ended.wait()) << "the connection to the service must not be used again";
    return got;
}

TEST(EarlyAnswer, ThatRefusesIsPassedOnBeforeTheBodyIsSent) {
    Event ended;
    const auto answer = answer_to_half_an_upload(
        "HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno", ended
    );
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status(), 413);
    EXPECT_EQ(answer->body, "no");
    EXPECT_EQ(answer->field("connection"), "close");
}

TEST(EarlyAnswer, ThatIsCompleteIsPassedOnBeforeTheBodyIsSent) {
    Event ended;
    const auto answer = answer_to_half_an_upload(
        "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", ended
    );
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status(), 202);
    EXPECT_EQ(answer->body, "ok");
}

TEST(EarlyAnswer, EndsWithAClientThatGoes) {
    Event ended;
    RawService service{[&](Connection& connection) {
        read_head(connection);
        connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n");
        while (!connection.read_some().empty()) {
        }
        ended.happen();
    }};
    Gateway gateway{gateway_over(service)};
    auto client = Connection::to(gateway.port());
    client.send(head_of_upload(mebibyte) + std::string(mebibyte / 2, 'x'));
    EXPECT_FALSE(read_head(client).empty());
    client.reset();
    EXPECT_TRUE(ended.wait());
    gateway.expect_clean_end();
}

TEST(EarlyAnswer, IsCutWhenTheRestOfTheRequestIsMalformed) {
    Event ended;
    RawService service{[&](Connection& connection) {
        read_head(connection);
        connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n");
        while (!connection.read_some().empty()) {
        }
        ended.happen();
    }};
    Gateway gateway{gateway_over(service)};
    auto client = Connection::to(gateway.port());
    client.send(
        "POST /upload HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n8000\r\n" +
        std::string(0x8000, 'x')
    );
    auto received = read_head(client);
    client.send("XX");
    received += client.read_to_end();
    EXPECT_EQ(received.find("\r\n0\r\n"), std::string::npos) << "it must not look whole";
    EXPECT_TRUE(ended.wait());
}

}  // namespace
}  // namespace weft
