// Runs one test: its request is answered by the handler that serves, whose upstreams are played
// from the test's stubs, in virtual time.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/exchange.hpp"
#include "http/head_scanner.hpp"
#include "trial/difference.hpp"
#include "trial/route_test.hpp"
#include "trial/stub_services.hpp"
#include "trial/virtual_time.hpp"

namespace weft {

struct TestOutcome {
    const RouteTest* test = nullptr;
    std::uint16_t status = 0;             // the client got; 0: nothing
    Duration took{};                      // virtual
    std::vector<Difference> differences;  // of the answer
    std::vector<CallDifference> calls;    // of the calls
    std::vector<UnstubbedCall> unstubbed;
    std::vector<const Stub*> unused;  // does not make it fail
    std::string bug;

    bool passed() const noexcept {
        return differences.empty() && calls.empty() && unstubbed.empty() && bug.empty();
    }
};

// Makes the handler. It connects to nothing and outlives neither of both.
using MakeHandler = std::function<std::unique_ptr<Handler>(VirtualTime&, StubServices&)>;

// `limits` are those of request heads. The test outlives what is returned.
TestOutcome run_test(
    const RouteTest& test, const HeadLimits& limits, const MakeHandler& make_handler
);

}  // namespace weft
