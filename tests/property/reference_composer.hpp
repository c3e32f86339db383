// Composes an answer slowly and plainly, straight from what ROUTES.md says, with parsed documents
// and no notion of time: what a composition is compared with.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "property/model.hpp"

namespace weft::property {

// What a service says to a call; `status` 0: nothing, the connection was refused.
struct Said {
    int status = 200;
    std::string body;
};

using Services = std::function<Said(const std::string& target)>;

struct ModelRequest {
    std::string id;  // the path's parameter
    std::map<std::string, std::vector<std::string>> query;
};

// path, code, status, upstream_status (0: none)
using ErrorEntry = std::tuple<std::string, std::string, int, int>;

struct Composed {
    // Not empty: a required step failed, and the answer is a problem with one of these, whichever
    // failure was seen first.
    std::set<int> problems;
    Json body;  // without `errors`
    std::multiset<ErrorEntry> errors;
};

Composed compose_slowly(
    const ModelRoute& route, const ModelRequest& request, const Services& services
);

}  // namespace weft::property
