// Reads and compiles a configuration that is in memory, as load() does with files.
#pragma once

#include <memory>
#include <string_view>

#include "config/diagnostics.hpp"
#include "config/written.hpp"
#include "plan/snapshot.hpp"

namespace weft::fuzz {

// Three upstreams, small limits, no routes.
WrittenGateway plain_gateway();

// The mistakes of form go to `diagnostics`.
WrittenGateway read_gateway(std::string_view text, Diagnostics& diagnostics);
void add_routes(std::string_view text, WrittenGateway& gateway, Diagnostics& diagnostics);

// Of text without mistakes.
std::shared_ptr<const Snapshot> compiled(std::string_view routes);

}  // namespace weft::fuzz
