// A client that always has something to be done does not keep a worker from the others.
#include <gmock/gmock.h>

#include <algorithm>

#include "unit/server/harness.hpp"

namespace weft {
namespace {

constexpr std::string_view get = "GET /a HTTP/1.1\r\nHost: a.test\r\n\r\n";

class SessionTurns : public ServerTest {
  protected:
    // Both have sent before anything is served.
    void expect_other_served_meanwhile(Client& other) {
        other.send(get);
        expect_received(other, "hello");
        EXPECT_FALSE(done_) << "the other one had to wait for all of it";
        run_until([this] { return done_; });
    }

    static bool is_busy(const Request& request) { return request.head->path == "/busy"; }

    bool done_ = false;
};

TEST_F(SessionTurns, ComeBetweenPipelinedRequests) {
    constexpr std::size_t many = 200;
    std::size_t asked = 0;
    handler_.reply = [&](Request& request) -> Awaitable<Answer> {
        if (is_busy(request)) done_ = ++asked == many;
        co_return text_answer("hello");
    };
    start();
    Client& busy = connect();
    Client& other = connect();
    std::string requests;
    for (std::size_t i = 0; i < many; ++i) requests += "GET /busy HTTP/1.1\r\nHost: a\r\n\r\n";
    busy.send(requests);
    expect_other_served_meanwhile(other);
}

TEST_F(SessionTurns, ComeWithinABodyThatIsAlwaysThere) {
    const std::string body(200 << 10, 'x');
    handler_.reply = [this](Request& request) -> Awaitable<Answer> {
        for (bool more = is_busy(request); more;) {
            const auto piece = co_await request.body->next();
            more = piece.has_value() && !piece->empty();
            done_ = !more;
        }
        co_return text_answer("hello");
    };
    start();
    Client& busy = connect();
    Client& other = connect();
    busy.send(
        "POST /busy HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
        "\r\n\r\n" + body
    );
    expect_other_served_meanwhile(other);
}

// Notes when it has been read to its end.
class NotedStream final : public BodyStream {
  public:
    NotedStream(std::size_t pieces, bool& done) : left_{pieces}, done_{done} {}

    Awaitable<Result<std::string_view>> next() override {
        done_ = left_ == 0;
        if (done_) co_return std::string_view{};
        --left_;
        co_return std::string_view{piece_};
    }

  private:
    const std::string piece_ = std::string(100, 'x');
    std::size_t left_;
    bool& done_;
};

TEST_F(SessionTurns, ComeWithinAnAnswerThatIsAlwaysThere) {
    handler_.reply = [this](Request& request) -> Awaitable<Answer> {
        if (!is_busy(request)) co_return text_answer("hello");
        co_return streamed(std::make_unique<NotedStream>(1000, done_));
    };
    start();
    Client& busy = connect();
    Client& other = connect();
    busy.send("GET /busy HTTP/1.1\r\nHost: a\r\n\r\n");
    expect_other_served_meanwhile(other);
}

TEST_F(SessionTurns, ComeLastToWhoIsRefused) {
    constexpr std::size_t many = 20;
    handler_.reply = [](Request& request) -> Awaitable<Answer> {
        co_await request.body->next();
        co_return text_answer("hello");
    };
    start();
    for (std::size_t i = 0; i <= many; ++i) connect();
    settle();
    for (std::size_t i = 0; i < many; i += 2) {
        clients_[i]->send("no request\r\n\r\n");
        clients_[i + 1]->send(
            "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nno size"
        );
    }
    clients_.back()->send(get);
    run_until([this] { return events_.records.size() > many; });
    EXPECT_EQ(events_.records.front().status, 200);
    EXPECT_EQ(std::ranges::count(events_.records, 400, &RequestRecord::status), many);
}

}  // namespace
}  // namespace weft
