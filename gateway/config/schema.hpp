// JSON Schemas (draft-07) of the files an operator writes, made from the tables of words: for
// editors, which complete and check with them.
#pragma once

#include <string>

namespace weft {

// Of config/gateway.yaml.
std::string gateway_schema();

// Of the files that `routes` names.
std::string routes_schema();

}  // namespace weft
