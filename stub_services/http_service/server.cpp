#include "http_service/server.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "http_service/connection.hpp"
#include "http_service/growing_pool.hpp"

namespace stub {
namespace {

constexpr int backlog = 1024;
constexpr std::size_t largest_body = 1 << 20;

// The library's own default is SO_REUSEPORT: a second service on the same port would take half of
// its connections instead of failing.
void reuse_address_only(socket_t socket) {
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

}  // namespace

Server::Server(const stub::Options& options, FaultOf fault_of) : fault_of_{std::move(fault_of)} {
    new_task_queue = [threads = options.threads] { return new GrowingPool{threads}; };
    set_socket_options(reuse_address_only);
    set_read_timeout(idle_seconds);
    set_keep_alive_timeout(idle_seconds);
    set_payload_max_length(largest_body);
}

std::uint16_t Server::bind(std::uint16_t port) {
    const int bound = port == 0                         ? bind_to_any_port("127.0.0.1")
                      : bind_to_port("127.0.0.1", port) ? port
                                                        : -1;
    listener_ = svr_sock_;
    // The backlog compiled into the library is 5; listening again only changes it.
    if (bound < 0 || ::listen(listener_, backlog) != 0) {
        throw std::system_error{errno, std::generic_category()};
    }
    return static_cast<std::uint16_t>(bound);
}

void Server::serve() {
    listen_after_bind();
    ::close(listener_);
}

void Server::finish() {
    const std::lock_guard lock{mutex_};
    finishing_ = true;
    svr_sock_ = INVALID_SOCKET;
    // Wakes accept(); closed only when nobody uses it any more.
    ::shutdown(listener_, SHUT_RDWR);
    // The end of input for those that wait for a next request; those that answer one can still send
    // it.
    for (const auto socket : open_) ::shutdown(socket, SHUT_RD);
}

void Server::enter(socket_t socket) {
    const std::lock_guard lock{mutex_};
    open_.insert(socket);
    // A request that is already here can still be read.
    if (finishing_) ::shutdown(socket, SHUT_RD);
}

void Server::leave(socket_t socket) {
    const std::lock_guard lock{mutex_};
    open_.erase(socket);
}

bool Server::process_and_close_socket(socket_t socket) {
    Connection connection{socket};
    enter(socket);
    bool head_read = false;
    const auto look_at_head = [&](httplib::Request& request) {
        head_read = true;
        connection.set_fault(fault_of_(request));
        // An ETag stands for the bytes that are sent, so they are sent as they are, and whole.
        request.headers.erase("Accept-Encoding");
        request.ranges.clear();
        // Without either there is no body (RFC 9112 section 6.3); the library would wait for one.
        if (!request.has_header("Content-Length") && !request.has_header("Transfer-Encoding")) {
            request.set_header("Content-Length", "0");
        }
        // Routing goes by the target; the library's regular expressions would recurse for every
        // byte of the path.
        request.path.clear();
    };
    bool open = true;
    while (open) {
        bool last = false;
        head_read = false;
        connection.set_fault({});
        const bool answered = process_request(connection, false, last, look_at_head);
        // After a head that could not be read nobody knows where the next one begins.
        open = connection.deliver() && answered && head_read && !last;
    }
    leave(socket);
    return true;
}

}  // namespace stub
