// A route for a test, from its steps and its body as an operator writes them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "unit/compose/written_route.hpp"

namespace weft::test {

// Each step is a line of YAML; `body` has the members of the answer.
inline std::shared_ptr<const Snapshot> route_of(
    const std::vector<std::string>& steps, const std::string& body
) {
    std::string yaml = "r:\n  path: /r\n  method: POST\n  steps:\n";
    for (const std::string& step : steps) yaml += "    " + step + "\n";
    return compile_routes(yaml + "  response: { body: { " + body + " } }\n");
}

}  // namespace weft::test
