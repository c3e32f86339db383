// An upstream, compiled.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/written.hpp"
#include "plan/snapshot.hpp"

namespace weft {

// Always as many as were written, so that references to a wrong one are no mistakes of their own.
std::vector<UpstreamPlan> compile_upstreams(
    const WrittenGateway& written, Diagnostics& diagnostics
);

// Upstreams by name.
class UpstreamNames {
  public:
    explicit UpstreamNames(const std::vector<WrittenUpstream>& upstreams);

    // The index of an upstream; after an error, 0.
    UpstreamIndex find(const Written<std::string>& name, Diagnostics& diagnostics) const;

  private:
    const std::vector<WrittenUpstream>& upstreams_;
    std::unordered_map<std::string_view, UpstreamIndex> indices_;
};

}  // namespace weft
