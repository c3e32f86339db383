// Compiled plans for tests, from routes as an operator writes them.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "unit/plan/config_files.hpp"

namespace weft::test {

// Of the routes in a file. Throws what is wrong with them. The upstreams are those of
// config_files.hpp: orders, users and products. `settings` are lines of gateway.yaml.
inline std::shared_ptr<const Snapshot> compile_routes(
    const std::string& yaml, const std::string& settings = ""
) {
    Compiled compiled =
        compile_files({{"gateway.yaml", usual_gateway + settings}, {"routes/r.yaml", yaml}});
    if (!compiled.snapshot) throw std::logic_error{compiled.diagnostics};
    return compiled.snapshot;
}

}  // namespace weft::test
