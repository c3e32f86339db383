// A service's answer, whole and in memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "http/fields.hpp"

namespace weft {

class WholeAnswer {
  public:
    std::uint16_t status = 0;
    std::vector<OwnedField> fields;
    std::string body;  // framing checked, never content-coded; JSON or not is the reader's question

    WholeAnswer() = default;  // no aggregate, because it travels through coroutines
};

}  // namespace weft
