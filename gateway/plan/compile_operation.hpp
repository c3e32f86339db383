// What the gateway file says about running it, compiled.
#pragma once

#include <vector>

#include "config/diagnostics.hpp"
#include "config/written.hpp"
#include "plan/snapshot.hpp"

namespace weft {

Limits compile_limits(const WrittenLimits& written) noexcept;
Timeouts compile_timeouts(const WrittenTimeouts& written) noexcept;
LogPlan compile_log(const WrittenLog& written, Diagnostics& diagnostics);

// Addresses and ranges; what is none is reported and left out.
std::vector<AddressRange> compile_trusted_proxies(
    const std::vector<Written<std::string>>& written, Diagnostics& diagnostics
);

}  // namespace weft
