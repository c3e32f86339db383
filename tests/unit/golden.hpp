// Cases that are files: what is given, a line of ten dashes, and what must come of it. Adding a
// case is adding a file; WEFT_UPDATE_GOLDEN=1 in the environment writes what came out.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "places.hpp"

namespace weft::test {

inline std::vector<std::filesystem::path> golden_files(const std::string& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{source_tree() + "/" + folder}) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

inline std::string read_golden(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream{path, std::ios::binary}.rdbuf();
    return std::move(text).str();
}

// Holds that `outcome_of(given, wanted)` is what is wanted, for each file in `folder` of the source
// tree.
template <class OutcomeOf>
void expect_goldens(const std::string& folder, OutcomeOf outcome_of) {
    constexpr std::string_view separator = "----------\n";
    const auto files = golden_files(folder);
    EXPECT_FALSE(files.empty());
    for (const auto& file : files) {
        SCOPED_TRACE(file.filename().string());
        const std::string whole = read_golden(file);
        const std::size_t at = whole.find(separator);
        ASSERT_NE(at, std::string::npos);
        const std::string given = whole.substr(0, at);
        const std::string wanted = whole.substr(at + separator.size());
        const std::string outcome = outcome_of(given, wanted);
        if (std::getenv("WEFT_UPDATE_GOLDEN") != nullptr) {
            std::ofstream{file, std::ios::binary} << given << separator << outcome;
        }
        EXPECT_EQ(outcome, wanted);
    }
}

}  // namespace weft::test
