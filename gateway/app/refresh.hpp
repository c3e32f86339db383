// Names of upstreams are resolved again every so often, beside the work: services move.
#pragma once

#include <chrono>

#include "app/reload.hpp"

namespace weft {

inline constexpr std::chrono::seconds refresh_interval{30};

// Whether a refresh could change anything: some upstream is named, not given by its address.
bool has_names(const Snapshot& snapshot);

// What is served with the addresses that the names have now; an upstream keeps those it has if one
// of its names does not resolve. Blocks; never throws.
Reread refresh_names(
    const ServedConfiguration& running, const ResolveName& resolve_name = resolve
) noexcept;

}  // namespace weft
