// How the operational log is written, as plan/ says it and telemetry/ does it.
#pragma once

#include <cstdint>

namespace weft {

enum class LogLevel : std::uint8_t { info, warn, error };
enum class LogFormat : std::uint8_t { plain, json };

}  // namespace weft
