// The raw HTTP/1.1 cases of http1.json: the bytes a client sends, and what may come of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace weft::conformance {

struct Case {
    std::string id;
    std::string bytes;
    std::vector<std::vector<int>> answers;  // the allowed lists of final statuses on the connection
    std::optional<bool> closes;   // whether the connection is closed afterwards; nothing: either
    std::optional<int> upstream;  // requests that reach the service; nothing: any number
    bool waits = false;           // no answer before a timer has run out
    std::string why;
};

// All cases, in the file's order. Throws if the file is not there or not as described.
std::vector<Case> load_cases();

}  // namespace weft::conformance
