// Network addresses as an operator writes them.
#pragma once

#include <string>
#include <string_view>

#include "plan/snapshot.hpp"
#include "plan/text_fault.hpp"

namespace weft {

// `http://host` or `http://host:port` and nothing more; IPv6 in brackets.
OrFault<EndpointPlan> parse_upstream_url(std::string_view url);

// `host:port`; IPv6 in brackets; port 0 is any free one.
OrFault<ListenAddress> parse_listen_address(std::string_view address);

// 127.0.0.0/8, ::1 and localhost.
bool is_loopback(const ListenAddress& address);

}  // namespace weft
