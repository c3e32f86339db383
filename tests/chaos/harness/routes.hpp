// What the gateway serves while things break.
#pragma once

#include <string>

#include "integration/harness/gateway.hpp"

namespace weft {

// GET and POST /NAME/{id} ask the upstream NAME for /things/{id}.
inline std::string route_to(const std::string& name, const std::string& timeout = "5s") {
    const std::string call = "{ upstream: " + name + ", path: \"/things/{id}\"";
    const std::string tail = " } }\n  response: { body: { thing: \"${thing}\" } }\n";
    return name + ":\n  path: /" + name + "/{id}\n  timeout: " + timeout +
           "\n  steps: { thing: " + call + tail + name + "-post:\n  method: POST\n  path: /" +
           name + "/{id}\n  timeout: " + timeout + "\n  steps: { thing: " + call +
           ", method: POST" + tail;
}

}  // namespace weft
