// Paths followed in parsed documents, in the reference composer, and what `select`, `omit` and
// `rename` leave of them.
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

void find(const Json& at, ModelPath path, Found& found);

// Where the value at `path` below `at` stands for `select` and its like: names with dots.
std::string place_below(const std::string& at, const ModelPath& path);

// Nothing at that place is sent.
bool is_hidden(const ModelStep& step, const std::string& place);
// A value without members that stands at that place is sent.
bool sends_scalar(const ModelStep& step, const std::string& place);

// What the step lets out of the value that stands at `place`.
Json shaped(const Json& value, const ModelStep& step, const std::string& place);

}  // namespace weft::property
