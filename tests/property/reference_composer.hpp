// Composes an answer slowly and plainly, straight from what ROUTES.md says, with parsed documents
// and no notion of time: what a composition is compared with.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "property/model.hpp"

namespace weft::property {

// A call as a service sees it.
struct Asked {
    std::string method;
    std::string target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    auto operator<=>(const Asked&) const = default;
};

// What a service says to it.
struct Said {
    std::string failure;  // the code of a call that got no answer; empty: it got one
    int status = 200;
    bool announces_json = false;
    std::optional<std::string> x_h;  // its header X-H
    std::string body;
};

using Services = std::function<Said(const Asked&)>;

struct ModelRequest {
    std::string request_id;
    std::string id;  // the path's parameter
    std::map<std::string, std::vector<std::string>> query;
    std::map<std::string, std::vector<std::string>> headers;
    std::string body;  // maybe not JSON; empty: there is none
};

// path, code, status, upstream_status (0: none)
using ErrorEntry = std::tuple<std::string, std::string, int, int>;

struct Composed {
    // Not empty: a required step failed, and the answer is a problem with one of these, whichever
    // failure was seen first.
    std::set<int> problems;
    Json body;  // without `errors`
    std::multiset<ErrorEntry> errors;
    std::map<std::string, std::string> headers;  // of `response.headers`
};

Composed compose_slowly(
    const ModelRoute& route, const ModelRequest& request, const Services& services
);

}  // namespace weft::property
