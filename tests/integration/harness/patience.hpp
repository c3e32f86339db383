// How long a test waits for what must happen. Only a defect ever waits that long, so it is
// generous: a loaded machine with sanitizers is slow.
#pragma once

#include <chrono>

namespace weft {

inline constexpr std::chrono::seconds patience{30};

// Sanitizers and unoptimised code make everything several times slower; figures are only held
// without them.
#ifdef NDEBUG
inline constexpr bool built_for_speed = true;
#else
inline constexpr bool built_for_speed = false;
#endif

}  // namespace weft
