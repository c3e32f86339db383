#include "unit/server/harness.hpp"

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>

#include "server/listener.hpp"

namespace weft {
namespace {

constexpr std::chrono::seconds unreasonable{20};

}  // namespace

Awaitable<Result<std::string_view>> FakeStream::next() {
    if (next_ < pieces_.size()) co_return std::string_view{pieces_[next_++]};
    if (fails_) co_return Failure{FailureKind::response_incomplete};
    co_return std::string_view{};
}

Answer text_answer(std::string_view text) {
    Answer answer;
    answer.pieces.push_back(text);
    return answer;
}

Answer streamed(std::unique_ptr<BodyStream> stream) {
    Answer answer;
    answer.stream = std::move(stream);
    return answer;
}

Client::Client(asio::io_context& io, const Endpoint& server)
    : socket_{io.get_executor()}, buffer_(64 << 10, '\0') {
    socket_.connect(server);
    socket_.set_option(Tcp::no_delay{true});
    read();
}

void Client::read() {
    socket_.async_read_some(
        asio::buffer(buffer_),
        [this](const error_code& error, std::size_t size) {
            if (error == asio::error::operation_aborted) return;
            received_.append(buffer_, 0, size);
            ended_ = static_cast<bool>(error);
            reset_ = error == asio::error::connection_reset;
            if (!error && reading_) read();
        }
    );
}

void Client::send(std::string_view bytes) {
    error_code error;
    asio::write(socket_, asio::buffer(bytes), error);
}

void Client::shut_down_sending() { socket_.shutdown(Socket::shutdown_send); }

void Client::reset() {
    socket_.set_option(asio::socket_base::linger{true, 0});
    socket_.close();
}

void Client::close() { socket_.close(); }

void Client::stop_reading() {
    reading_ = false;
    socket_.cancel();
}

void Client::resume_reading() {
    reading_ = true;
    read();
}

void Client::shrink_receive_buffer() {
    socket_.set_option(asio::socket_base::receive_buffer_size{4096});
}

bool Client::delivered() {
    if (!socket_.is_open()) return true;
    int unacknowledged = 0;
    return ::ioctl(socket_.native_handle(), SIOCOUTQ, &unacknowledged) != 0 || unacknowledged == 0;
}

ServerTest::ServerTest() : release_{std::make_unique<Signal>(io_.get_executor())} {
    handler_.reply = [](Request&) -> Awaitable<Answer> { co_return text_answer("hello"); };
}

ServerTest::~ServerTest() {
    if (!server_) return;
    server_->close_all();
    release();
    run_until([this] { return server_->open_connections() == 0; });
    EXPECT_EQ(events_.in_work, 0);
    EXPECT_EQ(events_.opened, events_.closed);
    server_.reset();
    if (listening_ >= 0) ::close(listening_);
}

void ServerTest::start() {
    start(open_listener(io_.get_executor(), listen_endpoint("127.0.0.1", 0)));
}

void ServerTest::start(Acceptor acceptor) {
    ServerParts parts{io_.get_executor(), timers_, handler_, events_};
    server_ = std::make_unique<Server>(parts, settings_);
    server_->start(std::move(acceptor));
}

void ServerTest::start_to_be_stopped() {
    Acceptor acceptor = open_listener(io_.get_executor(), listen_endpoint("127.0.0.1", 0));
    listening_ = ::dup(acceptor.native_handle());
    start(std::move(acceptor));
}

void ServerTest::stop_listening() const { ::shutdown(listening_, SHUT_RD); }

void ServerTest::listen_again() const { ::listen(listening_, listen_backlog); }

Client& ServerTest::connect() {
    const int before = events_.opened;
    clients_.push_back(std::make_unique<Client>(io_, server_->local_endpoint()));
    if (settings_.max_connections > clients_.size() - 1) {
        run_until([&] { return events_.opened > before; });
    }
    return *clients_.back();
}

void ServerTest::run_until(const std::function<bool()>& done) {
    const auto give_up = SteadyClock::now() + unreasonable;
    while (!done()) {
        if (SteadyClock::now() >= give_up) {
            ADD_FAILURE() << "waited in vain";
            return;
        }
        io_.restart();
        io_.run_one_for(std::chrono::milliseconds{5});
    }
}

void ServerTest::settle() {
    run_until([this] {
        return std::ranges::all_of(clients_, [](const auto& client) {
            return client->delivered();
        });
    });
    io_.restart();
    while (io_.poll() > 0) io_.restart();
}

void ServerTest::advance(Duration by) {
    settle();
    clock_.move(by);
    timers_.advance();
    settle();
}

void ServerTest::expect_received(Client& client, std::string_view text) {
    run_until([&] { return client.received().ends_with(text) || client.ended(); });
    EXPECT_TRUE(client.received().ends_with(text)) << client.received();
}

void ServerTest::expect_end(Client& client) {
    run_until([&] { return client.ended(); });
}

void ServerTest::drain() {
    server_->drain([this] { ++drained_; });
    EXPECT_EQ(drained_, 0) << "never from inside the call";
}

Awaitable<void> ServerTest::wait_for_release() { co_await release_->wait(); }

void ServerTest::release() { release_->notify(); }

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

std::string_view body_of(std::string_view text) {
    const auto end = text.find("\r\n\r\n");
    return end == text.npos ? std::string_view{} : text.substr(end + 4);
}

}  // namespace weft
