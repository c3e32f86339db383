// Each worker's gauges of each upstream, by name: what /metrics reads while the workers go on.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "upstream/gauges.hpp"
#include "upstream/upstream.hpp"

namespace weft {

class GaugeTable {
  public:
    // Upstreams that `before` (which may be null) has, too, keep their gauges.
    GaugeTable(
        const std::vector<UpstreamSettings>& upstreams,
        std::size_t workers,
        const GaugeTable* before
    );

    // Of an upstream that is in the table.
    std::shared_ptr<UpstreamGauges> of(std::size_t worker, const std::string& upstream) const {
        return gauges_.at(upstream).at(worker);
    }

    // Sums over the workers.
    std::map<std::string, UpstreamLevels> read() const;

  private:
    std::map<std::string, std::vector<std::shared_ptr<UpstreamGauges>>> gauges_;
};

}  // namespace weft
