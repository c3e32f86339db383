// An upstream whose service is played from the stubs of a test.
#pragma once

#include <memory>

#include "trial/stub_services.hpp"
#include "trial/virtual_time.hpp"
#include "upstream/upstream.hpp"

namespace weft {

// Gives out exchanges that are played; connects to nothing.
class StubbedUpstream final : public Upstream {
  public:
    // `time` and `services` outlive it.
    StubbedUpstream(VirtualTime& time, StubServices& services, UpstreamSettings settings);

    std::shared_ptr<Exchange> exchange() override;

  private:
    VirtualTime& time_;
    StubServices& services_;
};

}  // namespace weft
