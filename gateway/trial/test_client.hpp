// The client of a test: what it asks is written as bytes, read by the reader of real requests, and
// given to a handler as a session would.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "http/exchange.hpp"
#include "http/head_scanner.hpp"
#include "outcome/failure.hpp"
#include "trial/route_test.hpp"
#include "trial/virtual_time.hpp"

namespace weft {

// What a client has in hand when all is over.
struct TestAnswer {
    std::uint16_t status = 0;  // 0: there was none
    std::vector<OwnedField> fields;
    std::string body;
    std::optional<FailureKind> broken_off;  // why the body is not whole
    std::string route;                      // that answered; empty: none
    Duration took{};
    std::string bug;  // what the handler threw; empty: nothing
};

// `limits` are those of request heads.
TestAnswer ask_handler(
    Handler& handler, const TestRequest& request, const HeadLimits& limits, VirtualTime& time
);

}  // namespace weft
