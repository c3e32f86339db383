// Reading the configuration again while the last one is served.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/served_configuration.hpp"

namespace weft {

struct Reread {
    // The files were not read, only their names resolved: null and no mistakes if nothing changed.
    bool names_only = false;
    std::shared_ptr<const ServedConfiguration> configuration;  // null if there are mistakes
    std::size_t count = 0;                                     // of all mistakes
    // The first of them, as `file:line:col: message`, in the order of the files.
    std::vector<std::string> mistakes;
    std::vector<std::string> warnings;
};

// Everything is checked and resolved before anything is changed. What only a restart can change
// (where to listen, how many workers) is a mistake if it differs from `running`. Blocks; never
// throws.
Reread reread(const std::filesystem::path& file, const ServedConfiguration& running) noexcept;

}  // namespace weft
