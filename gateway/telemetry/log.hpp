// Operational logs (not the access log): start, reload, drain, trouble. To standard error, from a
// thread of their own.
#pragma once

#include <spdlog/logger.h>

#include <cstdint>
#include <memory>

namespace weft {

enum class LogFormat : std::uint8_t { plain, json };

// JSON: {"time","level","message"}, one line each, foreign bytes escaped. When the queue of 1,024
// lines is full the oldest are dropped, so that a caller never waits.
std::shared_ptr<spdlog::logger> make_log(LogFormat format);

}  // namespace weft
