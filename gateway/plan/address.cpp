#include "plan/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "config/diagnostics.hpp"
#include "http/characters.hpp"

namespace weft {
namespace {

struct HostPort {
    std::string host;  // lower case, without brackets
    bool is_ipv6 = false;
    std::optional<std::uint16_t> port;
};

bool is_ip(int family, const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> ignored{};
    return inet_pton(family, text.c_str(), ignored.data()) == 1;
}

// RFC 1123 section 2.1, and "_", which names in container networks have.
bool is_host_name(const std::string& text) {
    constexpr CharacterClass characters = with(alphanumerics, "-_.");
    constexpr std::size_t longest = 253;
    if (text.empty() || text.size() > longest || run_of(characters, text) != text.size())
        return false;
    if (text.front() == '.' || text.find("..") != std::string::npos) return false;
    const bool is_numeric = text.find_first_not_of("0123456789.") == std::string::npos;
    return !is_numeric || is_ip(AF_INET, text);
}

std::optional<std::uint16_t> parse_port(std::string_view digits) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return port;
}

// `offset` is that of `text` in the scalar.
OrFault<HostPort> parse_host_port(std::string_view text, std::size_t offset) {
    HostPort parsed;
    std::string_view port;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            return TextFault{offset, "\"[\" is not closed with \"]\""};
        parsed.is_ipv6 = true;
        parsed.host = text.substr(1, close - 1);
        port = text.substr(close + 1);
    } else {
        const std::size_t colon = std::min(text.find(':'), text.size());
        parsed.host = text.substr(0, colon);
        port = text.substr(colon);
        if (port.find(':', 1) < port.size()) {
            return TextFault{offset, "an IPv6 address stands in brackets: [::1]:80"};
        }
    }
    std::ranges::transform(parsed.host, parsed.host.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const bool is_host = parsed.is_ipv6 ? is_ip(AF_INET6, parsed.host) : is_host_name(parsed.host);
    if (!is_host)
        return TextFault{
            offset, in_quotes(parsed.host) + " is neither a host's name nor an address"};
    if (port.empty()) return parsed;
    parsed.port = parse_port(port.substr(1));
    if (port.front() == ':' && parsed.port) return parsed;
    return TextFault{
        offset + text.size() - port.size(), "a port is \":\" and a number from 1 to 65535"};
}

// What follows `http://`; or why there is nothing.
OrFault<std::string_view> without_scheme(std::string_view url) {
    constexpr std::string_view form = "an upstream's url is http://host or http://host:port";
    const std::size_t end = url.find("://");
    if (end == std::string_view::npos) return TextFault{0, std::string{form}};
    const std::string_view scheme = url.substr(0, end);
    if (equal_ignoring_case(scheme, "https")) return TextFault{0, unsupported("https")};
    if (!equal_ignoring_case(scheme, "http")) return TextFault{0, std::string{form}};
    const std::string_view rest = url.substr(end + 3);
    const std::size_t extra = rest.find_first_of("/?#@");
    if (extra == std::string_view::npos) return rest;
    if (rest[extra] == '@') return TextFault{end + 3, "an upstream's url cannot hold a user"};
    const std::string tail{rest.substr(extra)};
    return TextFault{
        end + 3 + extra,
        std::string{form} + ", without " + in_quotes(tail) + ": paths stand in the steps"};
}

}  // namespace

OrFault<EndpointPlan> parse_upstream_url(std::string_view url) {
    auto rest = without_scheme(url);
    if (auto* fault = std::get_if<TextFault>(&rest)) return std::move(*fault);
    const std::string_view authority = std::get<std::string_view>(rest);
    auto parsed = parse_host_port(authority, url.size() - authority.size());
    if (auto* fault = std::get_if<TextFault>(&parsed)) return std::move(*fault);
    auto& host = std::get<HostPort>(parsed);
    constexpr std::uint16_t http = 80;
    EndpointPlan endpoint;
    endpoint.port = host.port.value_or(http);
    if (endpoint.port == 0) return TextFault{0, "a service cannot have port 0"};
    endpoint.authority = host.is_ipv6 ? "[" + host.host + "]" : host.host;
    if (endpoint.port != http) endpoint.authority += ":" + std::to_string(endpoint.port);
    endpoint.host = std::move(host.host);
    return endpoint;
}

OrFault<ListenAddress> parse_listen_address(std::string_view address) {
    auto parsed = parse_host_port(address, 0);
    if (auto* fault = std::get_if<TextFault>(&parsed)) return std::move(*fault);
    auto& host = std::get<HostPort>(parsed);
    if (!host.port)
        return TextFault{0, "an address to listen on is host:port, such as 127.0.0.1:8080"};
    return ListenAddress{std::move(host.host), *host.port};
}

bool is_loopback(const ListenAddress& address) {
    if (address.host == "localhost") return true;
    in_addr v4{};
    if (inet_pton(AF_INET, address.host.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
    in6_addr v6{};
    return inet_pton(AF_INET6, address.host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace weft
