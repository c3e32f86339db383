// What docs/routes.md shows answers: each request in an `http` block, by the routes in its `yaml`
// blocks, which are served together.
#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "integration/harness/ask.hpp"
#include "integration/harness/services_test.hpp"
#include "places.hpp"

namespace weft {
namespace {

std::vector<std::string> blocks(const std::string& language) {
    std::ostringstream text;
    text << std::ifstream{source_tree() + "/docs/routes.md"}.rdbuf();
    const std::string page = std::move(text).str();
    const std::string fence = "```" + language + '\n';
    std::vector<std::string> found;
    for (auto at = page.find(fence); at != std::string::npos; at = page.find(fence, at)) {
        at += fence.size();
        found.push_back(page.substr(at, page.find("```", at) - at));
    }
    return found;
}

std::string page_routes() {
    std::string routes;
    for (const std::string& block : blocks("yaml")) {
        if (!block.starts_with("version:")) routes += block;
    }
    return routes;
}

class ReferencePageTest : public ServicesTest {};

TEST_F(ReferencePageTest, ItsRoutesAnswerTheRequestsItShows) {
    Gateway gateway{{.upstreams = services_->upstreams(), .routes = page_routes()}};
    const auto requests = blocks("http");
    ASSERT_GT(requests.size(), 2U);
    for (const std::string& request : requests) {
        ASSERT_TRUE(request.starts_with("GET /")) << request;
        const auto target = request.substr(4, request.find('\n') - 4);
        const auto answer = get(gateway.port(), target);
        EXPECT_EQ(answer.status(), 200) << target << '\n' << answer.body;
        EXPECT_EQ(answer.field("weft-complete"), "") << target << '\n' << answer.body;
        EXPECT_TRUE(nlohmann::json::accept(answer.body)) << target << '\n' << answer.body;
    }
}

TEST_F(ReferencePageTest, TheTestsItShowsPass) {
    const TemporaryDirectory directory;
    const auto config = write_configuration(
        directory, {.upstreams = services_->upstreams(), .routes = page_routes()}
    );
    Process test{{weft_program(), "test", config.string()}};
    EXPECT_EQ(test.wait_for_exit(), 0);
    EXPECT_THAT(test.output(), testing::HasSubstr("3 tests, all passed\n")) << test.errors();
}

}  // namespace
}  // namespace weft
