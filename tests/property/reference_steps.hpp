// How the steps of a route end, in the reference composer.
#pragma once

#include <map>
#include <set>
#include <string>

#include "property/reference_values.hpp"

namespace weft::property {

struct ModelRun {
    std::map<std::string, ModelResult> results;
    std::set<int> problems;  // what the failures of required steps would answer
};

ModelRun run_slowly(const ModelRoute& route, const ModelRequest& request, const Services& services);

}  // namespace weft::property
