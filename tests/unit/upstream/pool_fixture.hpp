// What the tests of the pool stand on: an upstream with as many connections as a test opens.
#pragma once

#include <memory>
#include <vector>

#include "unit/upstream/upstream_fixture.hpp"

namespace weft {

class PoolTest : public UpstreamFixture {
  protected:
    // That many calls at once, so that each has a connection of its own; answered in order.
    void open(std::size_t count) {
        service_.on_request = {};
        std::vector<std::shared_ptr<Outcome>> calls;
        for (std::size_t i = 0; i < count; ++i) {
            calls.push_back(start());
            ASSERT_TRUE(run_until([&] { return service_.requests() == i + 1; }));
        }
        for (std::size_t i = 0; i < count; ++i) {
            service_.peers[i]->send(answer("{}"));
            end_of(calls[i]);
        }
        ASSERT_EQ(upstream_->idle_connections(), count);
        always_answer(answer("{}"));
    }

    std::size_t requests_on(std::size_t peer) const {
        return service_.peers[peer]->requests.size();
    }
};

}  // namespace weft
