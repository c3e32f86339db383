// One connection to a service. Readiness comes by callback, reading and writing never wait, so
// whoever uses the connection decides what to do next.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include "async/descriptor.hpp"
#include "async/socket_events.hpp"
#include "http/response_reader.hpp"

namespace weft {

class Connection;

class ConnectionUser {
  public:
    virtual void on_connected(Connection& connection, const error_code& error) = 0;
    virtual void on_readable(Connection& connection) = 0;
    virtual void on_writable(Connection& connection) = 0;

  protected:
    ~ConnectionUser() = default;
};

// Held by ConnectionPointers, because whoever is called back may let go of it. Its worker's alone.
// No callback comes after close(), and none from inside a function of the connection.
class Connection final
    : public boost::intrusive_ref_counter<Connection, boost::thread_unsafe_counter>,
      private SocketWatcher {
  public:
    enum class Receive : std::uint8_t { some, nothing_yet, ended, broken };

    // `endpoint`: the index of the address it is meant for.
    Connection(SocketEvents& events, std::size_t endpoint) : events_{events}, endpoint_{endpoint} {}
    ~Connection() { close(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    std::size_t endpoint() const noexcept { return endpoint_; }

    void used_by(ConnectionUser& user) noexcept { user_ = &user; }

    // Answers with on_connected(), or with an error if it fails at once.
    error_code connect(const Endpoint& address);

    // Whether connect() has come to its end, although on_connected() may not have come yet.
    bool connect_has_ended();

    // Asks for one on_readable() or on_writable(). Asking again before it came changes nothing.
    void watch_read();
    void watch_write();

    // Whether bytes, or the end, may be there: false until on_readable() after all has been read.
    bool readable() const noexcept { return readable_; }
    // Lets the next receive() ask the kernel, although on_readable() has not come yet.
    void look_again() noexcept { readable_ = true; }

    // One receive into the reader of what is to come.
    Receive receive(ResponseReader& reader);

    // Neither a byte, nor the end, nor urgent data has come since the last answer.
    bool is_quiet();

    // How many bytes the kernel took; 0 with `would_block` set in `error`, or with what broke the
    // connection.
    std::size_t write_some(const std::array<asio::const_buffer, 2>& bytes, error_code& error);

    void close() noexcept;
    bool is_open() const noexcept { return static_cast<bool>(socket_); }

    bool has_served() const noexcept { return has_served_; }
    void set_served() noexcept { has_served_ = true; }

  private:
    void on_event(const SocketEvent& event) override;
    error_code connect_error() const;

    SocketEvents& events_;
    Descriptor socket_;
    std::size_t endpoint_;
    ConnectionUser* user_ = nullptr;
    bool connecting_ = false;
    bool watches_read_ = false;
    bool watches_write_ = false;
    bool readable_ = false;
    bool has_ended_ = false;   // as SocketEvent::ended
    bool has_served_ = false;  // an exchange has completed on it
};

using ConnectionPointer = boost::intrusive_ptr<Connection>;

}  // namespace weft
