// The running process: workers, the admin listener, signals.
#pragma once

#include <spdlog/logger.h>

#include <memory>

#include "app/command_line.hpp"
#include "plan/snapshot.hpp"

namespace weft {

// Serves until SIGTERM or SIGINT, finishes what is in work, and returns. What keeps it from
// starting is logged as one line and is ExitCode::failed.
ExitCode serve(std::shared_ptr<const Snapshot> snapshot, spdlog::logger& log);

}  // namespace weft
