// The running process: workers, the admin listener, signals.
#pragma once

#include <spdlog/logger.h>

#include <filesystem>

#include "app/command_line.hpp"
#include "app/configuration.hpp"

namespace weft {

// Serves `configuration`, which was read from `file` without mistakes; SIGHUP reads the file again.
// On SIGTERM or SIGINT it finishes what is in work, and returns. What keeps it from starting is
// logged and is ExitCode::failed.
ExitCode serve(const std::filesystem::path& file, Configuration configuration, spdlog::logger& log);

}  // namespace weft
