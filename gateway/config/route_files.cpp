#include "config/route_files.hpp"

#include <glob.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <system_error>

namespace weft {
namespace {

// The folder is a name, not a pattern.
std::string escape_pattern(std::string_view name) {
    std::string escaped;
    for (const char c : name) {
        if (std::string_view("*?[]\\").find(c) != std::string_view::npos) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

}  // namespace

std::vector<std::filesystem::path> route_files(
    const std::filesystem::path& folder, const std::string& pattern
) {
    std::string whole = pattern;
    if (!pattern.starts_with('/') && !folder.empty()) {
        whole = escape_pattern(folder.string()) + '/' + pattern;
    }
    glob_t found{};
    const std::unique_ptr<glob_t, void (*)(glob_t*)> cleanup(&found, globfree);
    std::vector<std::filesystem::path> files;
    if (glob(whole.c_str(), GLOB_NOSORT, nullptr, &found) != 0) return files;
    for (std::size_t i = 0; i < found.gl_pathc; ++i) {
        std::error_code ignored;
        const auto status = std::filesystem::status(found.gl_pathv[i], ignored);
        // A link that leads nowhere was meant to be a file: whoever reads it says so.
        if (is_regular_file(status) || !exists(status)) files.emplace_back(found.gl_pathv[i]);
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) {
        return a.native() < b.native();
    });
    return files;
}

}  // namespace weft
