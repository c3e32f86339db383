// Each file in golden/ is a case: YAML, a line of ten dashes, and the diagnostics and plan that
// must come of it. Without a line `### name` the YAML is routes/r.yaml; with such lines, each
// begins a file of that name. WEFT_UPDATE_GOLDEN=1 in the environment writes what came out.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "places.hpp"
#include "unit/plan/config_files.hpp"
#include "unit/plan/print_plan.hpp"

namespace weft::test {
namespace {

constexpr std::string_view separator = "----------\n";

std::vector<std::filesystem::path> golden_files() {
    const std::filesystem::path folder = source_tree() + "/tests/unit/plan/golden";
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

std::string read(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream{path, std::ios::binary}.rdbuf();
    return std::move(text).str();
}

Files split_files(const std::string& yaml) {
    Files files;
    std::string name = "routes/r.yaml";
    std::istringstream lines{yaml};
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("### ")) {
            name = line.substr(4);
        } else {
            files[name] += line + '\n';
        }
    }
    return files;
}

std::string outcome_of(const std::string& yaml) {
    const Compiled compiled = compile_files(split_files(yaml));
    if (!compiled.snapshot) return compiled.diagnostics;
    return compiled.diagnostics + print_plans(*compiled.snapshot);
}

TEST(Golden, CompilesToWhatTheFileSays) {
    const auto files = golden_files();
    EXPECT_FALSE(files.empty());
    for (const auto& file : files) {
        SCOPED_TRACE(file.filename().string());
        const std::string whole = read(file);
        const std::size_t at = whole.find(separator);
        ASSERT_NE(at, std::string::npos);
        const std::string yaml = whole.substr(0, at);
        const std::string outcome = outcome_of(yaml);
        if (std::getenv("WEFT_UPDATE_GOLDEN") != nullptr) {
            std::ofstream{file, std::ios::binary} << yaml << separator << outcome;
        }
        EXPECT_EQ(outcome, whole.substr(at + separator.size()));
    }
}

}  // namespace
}  // namespace weft::test
