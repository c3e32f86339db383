// Everything that is wrong with a configuration, as it is shown: to people line by line, on a
// terminal with the line it is about, and to programs as JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "config/diagnostics.hpp"

namespace weft {

enum class ReportStyle : std::uint8_t {
    lines,      // `file:line:column: message`
    with_code,  // and below each the line of the file, with a caret
    coloured,   // the same with ANSI colours
};

// Reads the files again for the lines it shows; one that cannot be read shows none.
std::string report_text(const Diagnostics& diagnostics, ReportStyle style);

// `{"errors":1,"warnings":0,"diagnostics":[{"file":...,"line":1,"column":1,"severity":"error",
// "message":...}]}`, indented. The counts are of all, the list is as long as text would be.
std::string report_json(const Diagnostics& diagnostics);

// `1 call`, `2 calls`.
std::string counted(std::size_t count, std::string_view noun);

// `2 errors, 1 warning`; empty if there is nothing to count.
std::string report_counts(const Diagnostics& diagnostics);

}  // namespace weft
