// Of the bytes of one answer nothing is ever seen in another, although the service breaks off one
// answer in twenty.
#include <gtest/gtest.h>

#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "integration/harness/ask.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/raw_service.hpp"
#include "integration/harness/scripted_service.hpp"

namespace weft {
namespace {

const char* const routes = R"(
composed:
  path: /composed/{id}
  timeout: 60s
  steps: { thing: { upstream: things, path: "/things/{id}" } }
  response: { body: { thing: "${thing}" } }
proxied: { path: "/proxied/{id}", timeout: 60s, proxy: { upstream: things, path: "/things/{id}" } }
)";

// What the service does with a request is decided by its number alone, so that the client knows.
enum class Fate : std::uint8_t { answered, nothing, reset_within, truncated };

Fate fate_of(std::uint64_t number) {
    const auto scattered = (number * 0x9e3779b97f4a7c15) >> 56;  // one of 256
    if (scattered < 4) return Fate::nothing;
    if (scattered < 8) return Fate::reset_within;
    return scattered < 13 ? Fate::truncated : Fate::answered;
}

// Up to 6 KB, all of it the number's own.
std::string body_of(std::uint64_t number) {
    const auto id = std::to_string(number);
    std::string body = "{\"id\":\"" + id + "\",\"again\":[" + id;
    for (std::uint64_t i = number % 997; i > 0; --i) body += ',' + id;
    return body + "]}";
}

void serve(Connection& connection) {
    while (const auto request = connection.read_message()) {
        const auto target = request->target();
        const auto number = std::stoull(target.substr(target.rfind('/') + 1));
        const auto answer = json_answer(body_of(number));
        switch (fate_of(number)) {
            case Fate::answered:
                connection.send(answer);
                continue;
            case Fate::nothing:
                return connection.reset();
            case Fate::reset_within:
                connection.send(answer.substr(0, answer.size() / 2));
                return connection.reset();
            case Fate::truncated:
                connection.send(answer.substr(0, answer.size() - 1));
                return connection.close();
        }
    }
}

// Asks one request after the other, and opens a new connection where one was cut.
class Asker {
  public:
    explicit Asker(std::uint16_t port) : port_{port} {}

    void ask(std::uint64_t number) {
        const bool composed = number % 2 == 0;
        const auto target = (composed ? "/composed/" : "/proxied/") + std::to_string(number);
        const auto answer = answer_to(target);
        const bool whole = fate_of(number) == Fate::answered;
        if (!answer) {
            EXPECT_FALSE(whole || composed) << target << " was cut";
            return;
        }
        EXPECT_EQ(answer->status(), whole ? 200 : 502) << target;
        const auto body = body_of(number);
        if (answer->status() == 200) {
            EXPECT_EQ(answer->body, composed ? "{\"thing\":" + body + "}" : body);
        } else {
            EXPECT_NE(answer->body.find("\"instance\":\"" + target + "\""), std::string::npos);
        }
    }

  private:
    std::optional<Message> answer_to(const std::string& target) try {
        if (!connection_) connection_.emplace(Connection::to(port_));
        return ask_on(*connection_, {.target = target});
    } catch (const std::runtime_error&) {
        connection_.reset();
        return std::nullopt;
    }

    const std::uint16_t port_;
    std::optional<Connection> connection_;
};

struct Extent {
    std::uint64_t clients;
    std::uint64_t requests;  // of each
};

void expect_no_foreign_byte(const Extent& extent) {
    RawService things{serve};
    Gateway gateway{GatewayText{
        .upstreams = {{"things", things.port(), "60s"}}, .routes = routes, .workers = 2}};
    std::vector<std::thread> threads;
    for (std::uint64_t client = 0; client < extent.clients; ++client) {
        threads.emplace_back([&, client] {
            Asker asker{gateway.port()};
            for (std::uint64_t i = 0; i < extent.requests; ++i) {
                asker.ask(client * extent.requests + i);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    std::uint64_t broken = 0;
    const std::uint64_t all = extent.clients * extent.requests;
    for (std::uint64_t number = 0; number < all; ++number) {
        if (fate_of(number) != Fate::answered) ++broken;
    }
    std::cout << extent.clients << " clients, " << all << " requests, " << broken
              << " of their answers broken off by the service; "
              << (testing::Test::HasFailure() ? "not all as they should be\n" : "0 foreign bytes\n"
                 );
    EXPECT_GE(broken * 20, all) << "5 %";
    gateway.expect_clean_end();
}

TEST(ForeignBytes, AreInNoAnswer) { expect_no_foreign_byte({20, 100}); }

// script/conformance runs it by name.
TEST(ForeignBytes, DISABLED_AreInNoAnswerToAHundredClients) { expect_no_foreign_byte({100, 1000}); }

}  // namespace
}  // namespace weft
