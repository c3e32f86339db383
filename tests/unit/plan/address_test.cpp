#include "plan/address.hpp"

#include <gtest/gtest.h>

#include <string>

namespace weft {
namespace {

std::string print(const OrFault<EndpointPlan>& parsed) {
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        return std::to_string(fault->offset) + ": " + fault->message;
    }
    const auto& endpoint = std::get<EndpointPlan>(parsed);
    return endpoint.host + " " + std::to_string(endpoint.port) + " " + endpoint.authority;
}

std::string print(const OrFault<ListenAddress>& parsed) {
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        return std::to_string(fault->offset) + ": " + fault->message;
    }
    const auto& address = std::get<ListenAddress>(parsed);
    return address.host + " " + std::to_string(address.port) +
           (is_loopback(address) ? " loopback" : "");
}

struct Case {
    const char* text;
    const char* expected;
};

TEST(UpstreamUrl, IsAHostAndMaybeAPort) {
    const Case cases[] = {
        {"http://127.0.0.1:9001", "127.0.0.1 9001 127.0.0.1:9001"},
        {"http://orders", "orders 80 orders"},
        {"http://orders:80", "orders 80 orders"},
        {"HTTP://Orders.Example:8080", "orders.example 8080 orders.example:8080"},
        {"http://order_service:1", "order_service 1 order_service:1"},
        {"http://[::1]:9001", "::1 9001 [::1]:9001"},
        {"http://[2001:DB8::1]", "2001:db8::1 80 [2001:db8::1]"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(print(parse_upstream_url(each.text)), each.expected) << each.text;
}

TEST(UpstreamUrl, SaysWhatIsWrong) {
    const std::string form = "an upstream's url is http://host or http://host:port";
    const std::string port = "a port is \":\" and a number from 1 to 65535";
    const std::pair<const char*, std::string> cases[] = {
        {"orders:9001", "0: " + form},
        {"ftp://orders", "0: " + form},
        {"https://orders", "0: https is not supported by this version of Weft"},
        {"http://orders/", "13: " + form + ", without \"/\": paths stand in the steps"},
        {"http://orders/v1", "13: " + form + ", without \"/v1\": paths stand in the steps"},
        {"http://orders?a", "13: " + form + ", without \"?a\": paths stand in the steps"},
        {"http://me:secret@orders", "7: an upstream's url cannot hold a user"},
        {"http://", "7: \"\" is neither a host's name nor an address"},
        {"http://:80", "7: \"\" is neither a host's name nor an address"},
        {"http://or ders", "7: \"or ders\" is neither a host's name nor an address"},
        {"http://300.1.1.1", "7: \"300.1.1.1\" is neither a host's name nor an address"},
        {"http://a..b", "7: \"a..b\" is neither a host's name nor an address"},
        {"http://[::g]", "7: \"::g\" is neither a host's name nor an address"},
        {"http://[::1", "7: \"[\" is not closed with \"]\""},
        {"http://::1", "7: an IPv6 address stands in brackets: [::1]:80"},
        {"http://orders:", "13: " + port},
        {"http://orders:65536", "13: " + port},
        {"http://orders:+1", "13: " + port},
        {"http://[::1]80", "12: " + port},
        {"http://orders:0", "0: a service cannot have port 0"},
    };
    for (const auto& [text, expected] : cases)
        EXPECT_EQ(print(parse_upstream_url(text)), expected) << text;
}

TEST(ListenAddress, IsAHostAndAPort) {
    const Case cases[] = {
        {"127.0.0.1:8080", "127.0.0.1 8080 loopback"},
        {"127.9.9.9:0", "127.9.9.9 0 loopback"},
        {"localhost:80", "localhost 80 loopback"},
        {"[::1]:80", "::1 80 loopback"},
        {"[::]:80", ":: 80"},
        {"0.0.0.0:80", "0.0.0.0 80"},
        {"128.0.0.1:80", "128.0.0.1 80"},
        {"gateway.internal:80", "gateway.internal 80"},
        {"127.evil.example:80", "127.evil.example 80"},
        {"127.0.0.1", "0: an address to listen on is host:port, such as 127.0.0.1:8080"},
        {":8080", "0: \"\" is neither a host's name nor an address"},
        {"8080", "0: \"8080\" is neither a host's name nor an address"},
        {"127.0.0.1:http", "9: a port is \":\" and a number from 1 to 65535"},
        {"::1:80", "0: an IPv6 address stands in brackets: [::1]:80"},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(print(parse_listen_address(each.text)), each.expected) << each.text;
    }
}

}  // namespace
}  // namespace weft
