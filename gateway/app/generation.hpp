// What one worker answers requests with between two reloads. Each request keeps the generation it
// began with, so that it ends with the plan and the pools it began with.
#pragma once

#include <memory>
#include <vector>

#include "app/admission.hpp"
#include "app/served_configuration.hpp"
#include "async/timers.hpp"
#include "upstream/upstream.hpp"

namespace weft {

// One worker's share of the requests that may be in work.
std::size_t in_flight_of_worker(const ServedConfiguration& configuration);

// Where a worker's upstreams live.
struct WorkerPlace {
    Executor executor;
    Timers& timers;
    std::size_t worker;  // from 0
};

class Generation {
  public:
    // Upstreams whose settings are the same as in `before` (which may be null) go on with their
    // pools, and routes of the same name with their load.
    Generation(
        std::shared_ptr<const ServedConfiguration> configuration,
        const Generation* before,
        WorkerPlace place
    );
    // With these upstreams, by UpstreamIndex.
    Generation(
        std::shared_ptr<const ServedConfiguration> configuration,
        std::vector<std::shared_ptr<Upstream>> upstreams
    );

    const ServedConfiguration& configuration() const noexcept { return *configuration_; }
    const Snapshot& snapshot() const noexcept { return *configuration_->snapshot; }
    Upstream& upstream(UpstreamIndex index) const { return *upstreams_[index]; }

    // `plan` is one of the snapshot's.
    RouteLoad& load(const Plan& plan) const {
        return *loads_[static_cast<std::size_t>(&plan - snapshot().plans.data())];
    }

    // To be called once requests go to `next`: from now on no connection is kept that `next` does
    // not share.
    void retire(const Generation& next) const;

  private:
    void take_upstreams(const Generation* before, WorkerPlace place);
    void take_loads(const Generation* before);

    std::shared_ptr<const ServedConfiguration> configuration_;
    std::vector<std::shared_ptr<Upstream>> upstreams_;  // by UpstreamIndex
    std::vector<std::shared_ptr<RouteLoad>> loads_;     // beside the snapshot's plans
};

using GenerationPointer = std::shared_ptr<const Generation>;

}  // namespace weft
