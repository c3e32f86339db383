// What must hold for every mistake that is reported, whatever the operator wrote.
#pragma once

#include <string_view>

#include "config/diagnostics.hpp"

namespace weft::fuzz {

// All of them are about `text`, and stand inside it.
void require_sound(const Diagnostics& diagnostics, std::string_view text);

// Inside `text`, or behind its last character.
bool is_inside(Position at, std::string_view text);

}  // namespace weft::fuzz
