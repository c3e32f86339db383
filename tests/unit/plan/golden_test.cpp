// Each file in golden/ is a case: YAML (split_files), and the diagnostics and plan that must come
// of it.
#include "unit/golden.hpp"

#include <gtest/gtest.h>

#include <string>

#include "unit/plan/config_files.hpp"
#include "unit/plan/print_plan.hpp"

namespace weft::test {
namespace {

std::string outcome_of(const std::string& yaml) {
    const Compiled compiled = compile_files(split_files(yaml));
    if (!compiled.snapshot) return compiled.diagnostics;
    return compiled.diagnostics + print_plans(*compiled.snapshot);
}

TEST(Golden, CompilesToWhatTheFileSays) {
    expect_goldens("tests/unit/plan/golden", [](const std::string& yaml, const std::string&) {
        return outcome_of(yaml);
    });
}

}  // namespace
}  // namespace weft::test
