// JSON Schema of a composed answer's body: the shape its template gives it, what can be null or
// left out, and the member `errors` of a partial one.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "plan/plan.hpp"

namespace weft {

nlohmann::ordered_json answer_schema(const ComposePlan& plan);

}  // namespace weft
