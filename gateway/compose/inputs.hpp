// What a client's request gives to a composition, and how `request.*` finds it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"
#include "plan/route_table.hpp"

namespace weft {

struct RequestInputs {
    const RequestHead* head = nullptr;      // never null; outlives the composition and its answer
    std::vector<PathParameter> parameters;  // as matched: percent-decoded
    std::string body;                       // whole; empty if the plan does not read it
    std::string id;
};

std::optional<std::string_view> path_parameter(const RequestInputs& inputs, std::string_view name);

// All values of the query parameter, percent-decoded, in order; "+" stands for itself (RFC 3986). A
// parameter without
// "=" is empty.
std::vector<std::string> query_values(std::string_view query, std::string_view name);

}  // namespace weft
