// `weft test`: what is shipped passes, and what fails is said as the golden file says it.
// WEFT_UPDATE_GOLDEN=1 in the environment writes what came out.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "integration/harness/gateway.hpp"
#include "places.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;
using testing::Not;

const std::string folder = source_tree() + "/tests/integration/weft_test/";

std::string read(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream{path, std::ios::binary}.rdbuf();
    return std::move(text).str();
}

struct Ran {
    std::optional<int> code;
    std::string output;
    std::string errors;
};

Ran run(const std::string& config, std::vector<std::string> options = {}) {
    std::vector<std::string> arguments{weft_program(), "test", config};
    arguments.insert(arguments.end(), options.begin(), options.end());
    Process process{arguments};
    const auto code = process.wait_for_exit();
    return {code, process.output(), process.errors()};
}

class WeftTestTest : public testing::Test {
  protected:
    // Nothing listens on port 1, and nothing is called.
    std::string configuration(const std::string& routes) const {
        const std::vector<UpstreamText> upstreams{{"orders", 1}, {"users", 1}, {"products", 1}};
        return write_configuration(directory_, {.upstreams = upstreams, .routes = routes});
    }

    // Without the directory's name.
    std::string local(std::string text) const {
        const std::string prefix = directory_.path().string() + '/';
        for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
            text.erase(at, prefix.size());
        }
        return text;
    }

    TemporaryDirectory directory_;
};

TEST_F(WeftTestTest, AllShippedRoutesHaveTestsThatPass) {
    const Ran ran = run(source_tree() + "/config/gateway.yaml");
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.output, HasSubstr(" tests, all passed\n"));
    EXPECT_THAT(ran.output, Not(HasSubstr("never used")));
    EXPECT_THAT(ran.output, Not(HasSubstr("without tests")));
    EXPECT_EQ(ran.errors, "");
}

TEST_F(WeftTestTest, SaysWhatFailedAsTheGoldenFileSaysIt) {
    const Ran ran = run(configuration(read(folder + "failing.yaml")));
    EXPECT_EQ(ran.code, 1);
    if (std::getenv("WEFT_UPDATE_GOLDEN") != nullptr) {
        std::ofstream{folder + "failing.txt", std::ios::binary} << local(ran.output);
    }
    EXPECT_EQ(local(ran.output), read(folder + "failing.txt"));
    EXPECT_EQ(ran.errors, "");
}

TEST_F(WeftTestTest, SaysTheSameToPrograms) {
    const auto config = configuration(read(folder + "failing.yaml"));
    const Ran ran = run(config, {"--format", "json"});
    EXPECT_EQ(ran.code, 1);
    const Json report = Json::parse(ran.output);
    const auto& tests = report.at("tests");
    EXPECT_EQ(report.at("passed"), 3);
    EXPECT_EQ(report.at("failed"), 6);
    const Json& unstubbed = tests.at(2).at("unstubbed").at(0);
    EXPECT_EQ(unstubbed.at("call"), "GET /users/u-1");
    EXPECT_EQ(unstubbed.at("nearest").at("call"), "GET /users/u-2");
    EXPECT_THAT(ran.output, HasSubstr(R"("expected":12345678901234567890124)"));
}

TEST_F(WeftTestTest, RunsTheTestsThatAreAskedFor) {
    const auto config = configuration(read(folder + "failing.yaml"));
    const Ran one = run(config, {"--only", "order-owner: passes"});
    EXPECT_EQ(one.code, 0);
    EXPECT_EQ(one.output, "ok      order-owner: passes\n1 test, all passed\n");
    const Ran none = run(config, {"--only=no-such-route"});
    EXPECT_EQ(none.code, 1);
    EXPECT_THAT(none.errors, HasSubstr("the name of no test holds \"no-such-route\""));
}

TEST_F(WeftTestTest, EndsWith78ForMistakesAnd64ForWrongUsage) {
    std::string routes = read(folder + "failing.yaml");
    routes.replace(routes.find("        users: {"), 16, "        user: {");
    const Ran ran = run(configuration(routes));
    EXPECT_EQ(ran.code, 78);
    EXPECT_THAT(ran.errors, HasSubstr("unknown upstream \"user\" (did you mean \"users\"?)"));
    EXPECT_EQ(run("c.yaml", {"--onyl", "x"}).code, 64);
}

TEST_F(WeftTestTest, NamesTheRoutesWithoutTests) {
    const Ran ran = run(configuration("r: { path: /r, proxy: { upstream: users, path: /r } }\n"));
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.output, "0 tests, all passed\nwithout tests: r\n");
}

}  // namespace
}  // namespace weft
