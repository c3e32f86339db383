// What the README shows a new user is what happens.
#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "integration/harness/ask.hpp"
#include "integration/harness/services_test.hpp"
#include "places.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;

std::string readme() {
    std::ifstream file{source_tree() + "/README.md"};
    std::stringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

// So many blocks of YAML it has: the route it shows, and the tests that go below it.
std::string readme_yaml(int block) {
    const std::string text = readme();
    const std::string fence = "```yaml\n";
    std::size_t begin = 0;
    for (int i = 0; i <= block; ++i) begin = text.find(fence, begin) + fence.size();
    return text.substr(begin, text.find("```", begin) - begin);
}

std::string readme_route() { return readme_yaml(0); }
std::string readme_tests() { return readme_yaml(1); }

class ReadmeTest : public ServicesTest {};

TEST_F(ReadmeTest, TheFirstRouteAnswers) {
    Gateway gateway{{.upstreams = services_->upstreams(), .routes = readme_route()}};
    const auto answer = get(gateway.port(), "/order-owner/o-7");
    ASSERT_EQ(answer.status(), 200) << answer.body;
    const auto order = Json::parse(get(orders(), "/orders/o-7").body);
    const auto owner = get(users(), "/users/" + order.at("user_id").get<std::string>()).body;
    const auto total = order.at("total_cents").dump();
    EXPECT_EQ(
        answer.body, R"({"order":"o-7","total_cents":)" + total + R"(,"owner":)" + owner + "}"
    );
    EXPECT_EQ(get(gateway.port(), "/order-owner/o-0").status(), 404);
}

TEST_F(ReadmeTest, TheFirstRouteSaysWhatIsMissing) {
    auto upstreams = services_->upstreams();
    Service users{user_service()};
    upstreams[1].port = users.port();
    users.kill();
    Gateway gateway{{.upstreams = upstreams, .routes = readme_route()}};
    const auto answer = get(gateway.port(), "/order-owner/o-7");
    EXPECT_EQ(answer.status(), 200) << answer.body;
    EXPECT_EQ(answer.field("weft-complete"), "false");
    const std::string missing =
        R"("errors":[{"path":"/owner","code":"upstream_refused","status":502}])";
    EXPECT_THAT(answer.body, HasSubstr(R"("owner":null,)" + missing));
    EXPECT_THAT(readme(), HasSubstr(missing));
}

TEST_F(ReadmeTest, TheMistakeItShowsIsReportedAsItShows) {
    auto route = readme_route();
    route.replace(route.find("order.user_id"), 5, "oder");
    const TemporaryDirectory directory;
    const auto config =
        write_configuration(directory, {.upstreams = services_->upstreams(), .routes = route});
    Process check{{weft_program(), "check", config.string()}};
    EXPECT_EQ(check.wait_for_exit(), 78);
    const std::string message = R"(:12:22: unknown step "oder" (did you mean "order"?))";
    EXPECT_THAT(check.errors(), HasSubstr(message));
    EXPECT_THAT(readme(), HasSubstr("routes/order-owner.yaml" + message));
}

TEST_F(ReadmeTest, TheTestsOfTheFirstRoutePassAndFailAsItShows) {
    std::string route = readme_route() + '\n' + readme_tests();
    const TemporaryDirectory directory;
    GatewayText text{.upstreams = services_->upstreams(), .routes = route};
    for (auto& upstream : text.upstreams) upstream.timeout = "200ms";
    const auto config = write_configuration(directory, text);
    Process passing{{weft_program(), "test", config.string()}};
    EXPECT_EQ(passing.wait_for_exit(), 0);
    EXPECT_EQ(
        passing.output(),
        "ok      order-owner: an order and its owner\n"
        "ok      order-owner: the user service takes too long\n"
        "2 tests, all passed\n"
    );

    text.routes.replace(route.find("Ann"), 3, "Bob");
    write_configuration(directory, text);
    Process failing{{weft_program(), "test", config.string()}};
    EXPECT_EQ(failing.wait_for_exit(), 1);
    const std::string failed = "FAILED  order-owner: an order and its owner\n";
    const std::string got = "GET /order-owner/o-7 got 200 after 0 ms\n";
    const std::string difference = "body /owner/name: expected \"Ann\", got \"Bob\"\n";
    for (const auto& line : {failed, ":22:7: " + got, difference}) {
        EXPECT_THAT(failing.output(), HasSubstr(line));
        EXPECT_THAT(readme(), HasSubstr(line));
    }
}

}  // namespace
}  // namespace weft
