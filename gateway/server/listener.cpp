#include "server/listener.hpp"

#include <sys/socket.h>

#include <boost/system/system_error.hpp>
#include <cerrno>
#include <sstream>
#include <stdexcept>

namespace weft {
namespace {

enum class Port : std::uint8_t { exclusive, shared };

[[noreturn]] void fail(const Endpoint& endpoint, const error_code& error) {
    std::ostringstream what;
    what << "cannot listen on " << endpoint;
    throw boost::system::system_error{error, what.str()};
}

error_code share_port(Acceptor& acceptor) {
    const int on = 1;
    if (::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0) {
        return {};
    }
    return {errno, boost::system::system_category()};
}

Acceptor bind(Executor executor, const Endpoint& endpoint, Port port) {
    Acceptor acceptor{executor};
    error_code error;
    acceptor.open(endpoint.protocol(), error);
    // Connections of the last run that still wait for their end do not keep the port.
    if (!error) acceptor.set_option(Acceptor::reuse_address{true}, error);
    if (!error && port == Port::shared) error = share_port(acceptor);
    if (!error) acceptor.bind(endpoint, error);
    if (error) fail(endpoint, error);
    return acceptor;
}

// An IPv6 socket on the unspecified address takes IPv4 as well, as the system is set.
Acceptor listen(Executor executor, const Endpoint& endpoint) {
    Acceptor acceptor = bind(executor, endpoint, Port::shared);
    error_code error;
    // Accepted sockets inherit it (Linux), which saves a call for each.
    acceptor.set_option(Tcp::no_delay{true}, error);
    if (!error) acceptor.non_blocking(true, error);
    if (!error) acceptor.listen(listen_backlog, error);
    if (error) fail(endpoint, error);
    return acceptor;
}

}  // namespace

Endpoint listen_endpoint(const std::string& host, std::uint16_t port) {
    if (host == "localhost") return {asio::ip::address_v4::loopback(), port};
    error_code error;
    const auto address = asio::ip::make_address(host, error);
    if (error) {
        throw std::invalid_argument{
            "\"" + host + "\" is no address to listen on: an IP address or \"localhost\" is"};
    }
    return {address, port};
}

Acceptor open_listener(Executor executor, const Endpoint& endpoint) {
    if (endpoint.port() != 0) {
        // Bound is not enough: two sockets with SO_REUSEADDR may bind what neither listens on.
        Acceptor probe = bind(executor, endpoint, Port::exclusive);
        error_code error;
        probe.listen(1, error);
        if (error) fail(endpoint, error);
    }
    return listen(executor, endpoint);
}

Acceptor join_listener(Executor executor, const Endpoint& endpoint) {
    return listen(executor, endpoint);
}

}  // namespace weft
