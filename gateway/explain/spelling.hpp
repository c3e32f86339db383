// Compiled templates as they would be written in a route file: `/users/${order.user_id}`.
#pragma once

#include <string>

#include "plan/plan.hpp"

namespace weft {

// A parameter of the route's path is written `{id}`.
std::string spell(const TargetTemplate& target);
// Of a pass-through route, with its rest.
std::string spell(const ProxyPlan& proxy);
std::string spell(const TextTemplate& text);
// Without `${` and `}`.
std::string spell(const Condition& condition);

}  // namespace weft
