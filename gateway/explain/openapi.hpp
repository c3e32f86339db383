// The composed API as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1.html), for the
// clients of the gateway: nothing of the services behind it but the names that problem documents
// have, too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plan/snapshot.hpp"

namespace weft {

// What a configuration does not say of its API.
struct ApiDescription {
    std::string_view title = "Composed API";
    std::string_view version = "1";
    std::string_view server = "/";  // URL, maybe relative to where the document is served
};

struct ApiDocument {
    std::string json;  // ends with a line end
    // Routes that OpenAPI cannot tell from another one, as sentences: `/files/{id}` and
    // `/files/{path...}` are one path there.
    std::vector<std::string> left_out;
};

ApiDocument openapi(const Snapshot& snapshot, const ApiDescription& description);

}  // namespace weft
