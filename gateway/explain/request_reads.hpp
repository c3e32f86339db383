// What a composed route takes of its request: what a client can send, and what it has to.
#pragma once

#include <string>
#include <vector>

#include "plan/snapshot.hpp"

namespace weft {

struct RequestValue {
    std::string name;      // of a header: lower case
    bool needed = false;   // an answer that is no error cannot be given without it
    bool is_list = false;  // read as a list: it can be repeated
};

struct RequestReads {
    std::vector<RequestValue> query;
    std::vector<RequestValue> headers;  // those that are forwarded, too
    bool body_needed = false;
};

RequestReads request_reads(const ComposePlan& plan, const Snapshot& snapshot);

}  // namespace weft
