// What the tests of the pool stand on: an upstream with as many connections as a test opens.
#pragma once

#include <memory>
#include <vector>

#include "unit/upstream/upstream_fixture.hpp"

namespace weft {

class PoolTest : public UpstreamFixture {
  protected:
    // That many calls at once, so that each has a connection of its own; answered in order.
    void open(std::size_t count) { service_.on_request = {}; }  // namespace weft
