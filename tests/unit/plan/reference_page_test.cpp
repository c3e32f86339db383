// Every YAML block of docs/routes.md is a whole file, and right.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "places.hpp"
#include "unit/plan/config_files.hpp"

namespace weft::test {
namespace {

struct Shown {
    std::vector<std::string> gateways;
    Files routes;
};

Shown shown_files() {
    std::ostringstream text;
    text << std::ifstream{source_tree() + "/docs/routes.md"}.rdbuf();
    const std::string page = std::move(text).str();
    const std::string fence = "```yaml\n";
    Shown shown;
    for (auto at = page.find(fence); at != std::string::npos; at = page.find(fence, at)) {
        at += fence.size();
        const std::string yaml = page.substr(at, page.find("```", at) - at);
        if (yaml.starts_with("version:")) {
            shown.gateways.push_back(yaml);
        } else {
            shown.routes["routes/" + std::to_string(shown.routes.size()) + ".yaml"] = yaml;
        }
    }
    return shown;
}

TEST(ReferencePage, ShowsRoutesAndAGatewayFileThatAreRightTogether) {
    const Shown shown = shown_files();
    EXPECT_GT(shown.routes.size(), 2U);
    EXPECT_FALSE(shown.gateways.empty());
    for (std::string gateway : shown.gateways) {
        const std::string there = "routes: ../routes/";
        ASSERT_NE(gateway.find(there), std::string::npos) << gateway;
        gateway.replace(gateway.find(there), there.size(), "routes: routes/");
        Files files = shown.routes;
        files["gateway.yaml"] = gateway;
        EXPECT_EQ(compile_files(files).diagnostics, "") << gateway;
    }
}

}  // namespace
}  // namespace weft::test
