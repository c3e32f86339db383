// One kept connection to the server under load: a request goes out, an answer comes in.
#pragma once

#include <netinet/in.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/response_reader.hpp"
#include "load/open_loop/tally.hpp"

namespace weft::open_loop {

// What a connection is asked, and by when.
struct Request {
    TimePoint intended{};
    TimePoint sent{};
    std::size_t phase = 0;
};

enum class Progress : std::uint8_t {
    waiting,
    answered,
    failed,      // closed, with a request in work
    idle_ended,  // closed by the server, between two requests
};

class Connection {
  public:
    // `epoll` gets the socket, with this object as its data.
    explicit Connection(int epoll) : epoll_{epoll} {}
    ~Connection() { close(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    bool open() const noexcept { return socket_ >= 0; }
    bool busy() const noexcept { return request_.has_value(); }
    const Request& request() const { return request_.value(); }
    // Tells one request from the next on the same connection.
    std::uint64_t number() const noexcept { return number_; }

    // Connects first where it is not open.
    void ask(const sockaddr_in& server, std::string_view bytes, const Request& request);
    // To be called when epoll says something.
    Progress proceed();
    // After Progress::answered: the connection is closed if it cannot be kept.
    Answered take_answer(TimePoint now);
    void forget_request() noexcept { request_.reset(); }
    void close();

  private:
    void connect(const sockaddr_in& server);
    bool send();
    Progress receive();
    Progress read_message();
    Progress ended();

    int epoll_;
    int socket_ = -1;
    bool connecting_ = false;
    std::string out_;
    std::optional<ResponseReader> reader_;
    std::optional<Request> request_;
    Answered answer_;
    std::uint64_t number_ = 0;
};

}  // namespace weft::open_loop
