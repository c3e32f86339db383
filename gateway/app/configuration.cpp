#include "app/configuration.hpp"

#include <iostream>

#include "config/load.hpp"
#include "plan/compile.hpp"

namespace weft {

Configuration read_configuration(const std::filesystem::path& config) {
    Configuration read;
    read.written = load(config, process_environment(), read.diagnostics);
    read.snapshot = compile(read.written, read.diagnostics);
    return read;
}

void print_mistakes(const Configuration& configuration) {
    for (const auto& found : configuration.diagnostics.sorted())
        std::cerr << configuration.diagnostics.to_string(found) << '\n';
}

}  // namespace weft
