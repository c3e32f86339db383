// Which plan answers a request. Literal segments are compared after percent-decoding; literal before parameter before
// rest (ROUTES.md, Routing).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "http/message.hpp"
#include "plan/path_pattern.hpp"
#include "plan/plan.hpp"

namespace weft {

struct PathParameter {
    std::string_view name;  // in the route table
    std::string value;      // percent-decoded; of a rest parameter: as sent
};

struct Matched {
    const Plan* plan = nullptr;
    std::vector<PathParameter> parameters;
};
struct NotFound {};
struct MethodNotAllowed {
    std::vector<Method> allowed;  // sorted; with HEAD wherever GET is, and OPTIONS
};

using Match = std::variant<Matched, NotFound, MethodNotAllowed>;

class RouteTable {
  public:
    // Adds the route of `plan`, which outlives the table. `pattern` is a compiled path.
    void add(const Plan& plan, const PathPattern& pattern);

    // `path` is a checked request path, still percent-encoded.
    Match match(Method method, std::string_view path) const;
};

}  // namespace weft
