#include "chaos/harness/blackhole.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace weft {
namespace {

constexpr int settled_ms = 100;  // a connect on loopback that takes longer is not answered
constexpr int most = 16;

int socket_to(const sockaddr_in& address) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const auto* const to = reinterpret_cast<const sockaddr*>(&address);
    if (::connect(socket, to, sizeof address) != 0 && errno != EINPROGRESS)
        throw std::system_error{errno, std::generic_category(), "connect"};
    return socket;
}

}  // namespace

Blackhole::Blackhole() {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockets_.push_back(listener);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener, generic, size) != 0 || ::listen(listener, 0) != 0 ||
        ::getsockname(listener, generic, &size) != 0) {
        throw std::system_error{errno, std::generic_category(), "blackhole"};
    }
    port_ = ntohs(address.sin_port);
    for (int i = 0; i < most; ++i) {
        const int filler = socket_to(address);
        sockets_.push_back(filler);
        pollfd connected{filler, POLLOUT, 0};
        if (::poll(&connected, 1, settled_ms) == 0) return;
    }
    throw std::runtime_error{"the backlog does not fill"};
}

Blackhole::~Blackhole() {
    for (const int socket : sockets_) ::close(socket);
}

}  // namespace weft
