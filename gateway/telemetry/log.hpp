// Operational logs (not the access log): start, reload, drain, trouble. To standard error, from a
// thread of their own.
#pragma once

#include <spdlog/logger.h>

#include <memory>

#include "outcome/log.hpp"

namespace weft {

// JSON: {"time","level","message"}, one line each, foreign bytes escaped. When the queue of 1,024
// lines is full the oldest are dropped, so that a caller never waits.
std::shared_ptr<spdlog::logger> make_log(LogFormat format);

// Of lines that are written from now on.
void configure(spdlog::logger& log, LogLevel level, LogFormat format);

}  // namespace weft
