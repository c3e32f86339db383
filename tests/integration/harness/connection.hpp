// One TCP connection on loopback, blocking, with patience; either side of it. It sends raw bytes
// and reads HTTP messages with no more than their framing understood, so that a test sees what
// really came.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "integration/harness/patience.hpp"

namespace weft {

// Field names in lower case; of repeated fields, the values joined by ", ".
using FieldMap = std::map<std::string, std::string>;

struct Message {
    std::string start_line;
    FieldMap fields;
    std::string body;

    // Of an answer.
    int status() const;
    // Empty if the field is not there.
    std::string field(const std::string& name) const;
    // Of a request.
    std::string method() const;
    std::string target() const;
};

enum class BodyRule : std::uint8_t {
    by_framing,
    never,  // the answer to HEAD
};

class Connection {
  public:
    // Takes an open socket.
    explicit Connection(int socket);
    static Connection to(std::uint16_t port);
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&&) = delete;
    ~Connection();

    // False if the other side takes no more.
    bool send(std::string_view bytes);
    void end_output();
    // Closes so that the other side sees a reset.
    void reset();
    void close();

    // The next message; nothing if the connection ends before its first byte. Throws
    // std::runtime_error if it ends within the message, is not HTTP, or patience ends.
    std::optional<Message> read_message(BodyRule rule = BodyRule::by_framing);
    // The next bytes, however many; none at the end of the connection.
    std::string read_some();
    // All bytes up to the end of the connection.
    std::string read_to_end();
    // Whether the other side closes or resets within the time, without sending anything more.
    bool closes_within(std::chrono::milliseconds limit = patience);

  private:
    enum class Input : std::uint8_t { bytes, end };

    Input receive();
    std::string take(std::size_t count);
    std::string take_line();
    std::string take_chunks();

    int socket_;
    std::string input_;
};

}  // namespace weft
