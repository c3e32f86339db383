#include "app/configuration.hpp"

#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "config/load.hpp"
#include "config/report.hpp"
#include "plan/compile.hpp"
#include "trial/compile_tests.hpp"

namespace weft {

Configuration read_configuration(const std::filesystem::path& config) {
    Configuration read;
    read.written = load(config, process_environment(), read.diagnostics);
    read.snapshot = compile(read.written, read.diagnostics);
    read.tests = compile_tests(read.written, read.diagnostics);
    if (read.diagnostics.has_errors()) read.snapshot = nullptr;
    return read;
}

namespace {

ReportStyle style_for_standard_error() {
    if (isatty(STDERR_FILENO) == 0) return ReportStyle::lines;
    // https://no-color.org: set and not empty.
    const char* const no_colour = std::getenv("NO_COLOR");
    const bool has_colour = no_colour == nullptr || *no_colour == '\0';
    return has_colour ? ReportStyle::coloured : ReportStyle::with_code;
}

}  // namespace

void print_mistakes(const Configuration& configuration) {
    std::cerr << report_text(configuration.diagnostics, style_for_standard_error());
}

}  // namespace weft
