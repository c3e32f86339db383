#include "app/resolve.hpp"

#include <algorithm>
#include <boost/asio/ip/basic_resolver.hpp>

namespace weft {

Result<std::vector<Endpoint>> resolve(const std::string& host, std::uint16_t port) {
    error_code error;
    const auto address = asio::ip::make_address(host, error);
    if (!error) return std::vector{Endpoint{address, port}};

    asio::io_context context;
    asio::ip::basic_resolver<Tcp, Executor> resolver{context.get_executor()};
    const auto found = resolver.resolve(
        host, std::to_string(port), asio::ip::resolver_base::numeric_service, error
    );
    if (error) return Failure{FailureKind::dns, host + ": " + error.message()};

    std::vector<Endpoint> endpoints;
    for (const auto& entry : found) endpoints.push_back(entry.endpoint());
    const auto is_v4 = [](const Endpoint& endpoint) { return endpoint.address().is_v4(); };
    std::stable_partition(endpoints.begin(), endpoints.end(), is_v4);
    return endpoints;
}

}  // namespace weft
