// One client connection: what cpp-httplib reads from and writes to. Input is buffered over
// requests, so that pipelined ones are not lost; an answer is collected and leaves in one send,
// with the fault that was asked for.
#pragma once

#include <httplib.h>

#include <string>
#include <vector>

#include "http_service/fault.hpp"

namespace stub {

class Connection final : public httplib::Stream {
  public:
    // Owns the socket, which is blocking and has its timeouts set.
    explicit Connection(socket_t socket);
    ~Connection() override;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // How the next answer leaves.
    void set_fault(Fault fault) { fault_ = fault; }

    // Sends the collected answer. False: nothing more can be said on this connection.
    bool deliver();

    bool is_readable() const override { return true; }
    bool is_writable() const override { return true; }
    ssize_t read(char* to, size_t size) override;
    ssize_t write(const char* from, size_t size) override;
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    socket_t socket() const override { return socket_; }

  private:
    bool send(std::string_view bytes);
    bool send_slowly(std::string_view bytes);
    bool says_close() const;
    bool deliver_broken();

    socket_t socket_;
    std::vector<char> input_;
    std::size_t next_ = 0;  // the input that has been read is [next_, end_)
    std::size_t end_ = 0;
    std::string answer_;
    Fault fault_;
};

}  // namespace stub
