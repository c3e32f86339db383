// Asks each instance of a service, every so often, whether it is well. An instance is taken for
// healthy until so many checks in a row have failed, and again after so many good ones.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "upstream/jitter.hpp"
#include "upstream/layer_place.hpp"
#include "upstream/upstream.hpp"

namespace weft {

class HealthCheck;

// Each instance is asked over a connection of the check's own, so that a full pool is no illness.
class HealthChecks {
  public:
    // Called when what is known about an instance changes.
    using Found = std::function<void(std::size_t instance, bool healthy)>;

    // `settings` have a HealthPolicy. The first check of an instance comes within one interval.
    HealthChecks(
        LayerPlace place,
        const UpstreamSettings& settings,
        const Found& found,
        const Jitter& jitter = random_jitter()
    );
    ~HealthChecks();

  private:
    std::vector<std::unique_ptr<HealthCheck>> checks_;
};

}  // namespace weft
