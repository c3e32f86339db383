// A number that stands for everything written in a value.
#pragma once

#include <cstdint>

#include "config/yaml_tree.hpp"

namespace weft {

// The same number for values that read the same, however they are laid out; another one, with all
// but certainty, for others. Only for telling people what changed.
std::uint64_t digest(const YamlNode& node) noexcept;

}  // namespace weft
