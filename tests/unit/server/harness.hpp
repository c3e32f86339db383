// A server on a free loopback port, its clients and a virtual clock, all on one io_context in one
// thread.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "async/clock.hpp"
#include "async/signal.hpp"
#include "async/timers.hpp"
#include "server/server.hpp"
#include "unit/socket.hpp"

namespace weft {

// What a server said, in order.
class RecordedEvents final : public ServerEvents {
  public:
    void connection_opened() override { ++opened; }
    void connection_closed() override { ++closed; }
    void connection_refused() override { ++refused; }
    void request_started() override { ++in_work; }
    void request_finished() override { --in_work; }
    void request_ended(const RequestRecord& record) override { records.push_back(record); }
    void accept_paused(const error_code&) override { ++pauses; }
    void handler_threw(std::string_view what) override { bugs.emplace_back(what); }

    int opened = 0;
    int closed = 0;
    int refused = 0;
    int in_work = 0;
    int pauses = 0;
    std::vector<RequestRecord> records;
    std::vector<std::string> bugs;
};

class FakeHandler final : public Handler {
  public:
    Awaitable<Answer> handle(Request& request) override { return reply(request); }

    std::function<Awaitable<Answer>(Request&)> reply;
};

// A body of given pieces. May fail, or hang until it is released, after the last of them.
class FakeStream final : public BodyStream {
  public:
    explicit FakeStream(std::vector<std::string> pieces) : pieces_{std::move(pieces)} {}

    FakeStream& fails() {
        fails_ = true;
        return *this;
    }
    Awaitable<Result<std::string_view>> next() override;

  private:
    std::vector<std::string> pieces_;
    std::size_t next_ = 0;
    bool fails_ = false;
};

Answer text_answer(std::string_view text);  // `text` is a literal
Answer streamed(std::unique_ptr<BodyStream> stream);

// A raw connection to the server. What arrives is collected while the io_context runs.
class Client {
  public:
    Client(asio::io_context& io, const Endpoint& server);

    void send(std::string_view bytes);
    void shut_down_sending();
    void reset();
    void close();
    // Reads nothing from here on, so that the server's writes block.
    void stop_reading();
    void resume_reading();
    void shrink_receive_buffer();

    const std::string& received() const noexcept { return received_; }
    void forget_received() { received_.clear(); }
    // The server has closed its sending side, cleanly or not.
    bool ended() const noexcept { return ended_; }
    bool was_reset() const noexcept { return reset_; }
    // Everything sent has reached the server's kernel.
    bool delivered();

  private:
    void read();

    Socket socket_;
    std::string received_;
    std::string buffer_;
    bool reading_ = true;
    bool ended_ = false;
    bool reset_ = false;
};

class ServerTest : public testing::Test {
  protected:
    ServerTest();
    ~ServerTest() override;

    // Settings are read here, so they are changed before.
    void start();
    void start(Acceptor acceptor);
    void start_to_be_stopped();
    Client& connect();
    // Makes every accept() fail, until listen_again(), after start_to_be_stopped().
    void stop_listening() const;
    void listen_again() const;

    // Runs everything until it is so; fails the test if that takes unreasonably long.
    void run_until(const std::function<bool()>& done);
    // Runs until what the clients have sent has been received and worked on.
    void settle();
    void advance(Duration by);

    // Waits for `text` at the end of what the client has received.
    void expect_received(Client& client, std::string_view text);
    void expect_end(Client& client);

    void drain();
    bool drained() const { return drained_ == 1; }

    Awaitable<void> wait_for_release();
    void release();

    asio::io_context io_{1};
    ManualClock clock_;
    Timers timers_{clock_};
    FakeHandler handler_;
    RecordedEvents events_;
    ServerSettings settings_;
    std::unique_ptr<Server> server_;
    std::vector<std::unique_ptr<Client>> clients_;
    std::unique_ptr<Signal> release_;
    int drained_ = 0;
    int listening_ = -1;  // a second descriptor of the listening socket
};

// The number of times `part` stands in `text`.
std::size_t count_of(std::string_view text, std::string_view part);
// The last head and body in `text`, or nothing.
std::string_view body_of(std::string_view text);

}  // namespace weft
