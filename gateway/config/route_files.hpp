// The route files that a pattern names.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace weft {

// The regular files that match `pattern` (`*`, `?`, `[...]`, relative to `folder`), and links that
// lead to nothing, by name in byte order.
std::vector<std::filesystem::path> route_files(
    const std::filesystem::path& folder, const std::string& pattern
);

}  // namespace weft
