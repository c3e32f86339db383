// What one worker answers requests with between two reloads. Each request keeps the generation it
// began with, so that it ends with the plan and the pools it began with.
#pragma once

#include <memory>
#include <vector>

#include "app/served_configuration.hpp"
#include "async/timers.hpp"
#include "upstream/upstream.hpp"

namespace weft {

class Generation {
  public:
    // Upstreams whose settings are the same as in `before` (which may be null) go on with their
    // pools.
    Generation(
        std::shared_ptr<const ServedConfiguration> configuration,
        const Generation* before,
        Executor executor,
        Timers& timers
    );
    // With these upstreams, by UpstreamIndex.
    Generation(
        std::shared_ptr<const ServedConfiguration> configuration,
        std::vector<std::shared_ptr<Upstream>> upstreams
    );

    const ServedConfiguration& configuration() const noexcept { return *configuration_; }
    const Snapshot& snapshot() const noexcept { return *configuration_->snapshot; }
    Upstream& upstream(UpstreamIndex index) const { return *upstreams_[index]; }

    // To be called once requests go to `next`: from now on no connection is kept that `next` does
    // not share.
    void retire(const Generation& next) const;

  private:
    std::shared_ptr<const ServedConfiguration> configuration_;
    std::vector<std::shared_ptr<Upstream>> upstreams_;  // by UpstreamIndex
};

using GenerationPointer = std::shared_ptr<const Generation>;

}  // namespace weft
