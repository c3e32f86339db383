// A hash for tables whose keys come from clients and services: keyed, so that nobody outside can
// choose texts that collide.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace weft {

using HashKey = std::array<std::uint64_t, 2>;

// SipHash-2-4 (Aumasson and Bernstein, 2012).
std::uint64_t keyed_hash(const HashKey& key, std::string_view text) noexcept;

// With a key that the process drew when it began.
std::uint64_t text_hash(std::string_view text);

}  // namespace weft
