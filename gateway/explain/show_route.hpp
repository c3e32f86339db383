// A route as its plan has it, for people (text), programs (JSON) and documents (a Mermaid
// flowchart). Nothing is called.
#pragma once

#include <string>

#include "plan/snapshot.hpp"

namespace weft {

// All end with a line end. `plan` is of the snapshot.
std::string route_as_text(const Plan& plan, const Snapshot& snapshot);
std::string route_as_json(const Plan& plan, const Snapshot& snapshot);
std::string route_as_mermaid(const Plan& plan, const Snapshot& snapshot);

}  // namespace weft
