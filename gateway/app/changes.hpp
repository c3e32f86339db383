// What a reload has changed, as an operator wants to read it.
#pragma once

#include <string>

#include "app/served_configuration.hpp"

namespace weft {

// One line: `routes: 1 changed (order), 1 added (cart); upstreams: 1 removed (users); limits`, or
// `nothing changed`.
std::string describe_changes(const ServedConfiguration& from, const ServedConfiguration& to);

}  // namespace weft
