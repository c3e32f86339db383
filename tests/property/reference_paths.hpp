// Paths followed in parsed documents, in the reference composer.
#pragma once

#include <string>
#include <vector>

#include "property/model.hpp"

namespace weft::property {

// All values at the path, and whether [*] met something else than a list.
struct Found {
    std::vector<Json> values;
    bool not_a_list = false;
};

void find(const Json& at, std::vector<ModelSegment> path, Found& found);

// What `select` and `omit` of the step leave of the value that stands at `at`, a dot path.
Json shaped(const Json& value, const ModelStep& step, const std::string& at);

}  // namespace weft::property
