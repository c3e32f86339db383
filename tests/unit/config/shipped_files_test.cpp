#include <gmock/gmock.h>

#include "config/load.hpp"
#include "places.hpp"

namespace weft {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::filesystem::path root = source_tree();

TEST(ShippedFiles, AreReadWithoutAWordOfComplaint) {
    Diagnostics diagnostics;
    const Environment nothing = [](const std::string&) { return std::nullopt; };
    const WrittenGateway gateway = load(root / "config" / "gateway.yaml", nothing, diagnostics);
    std::vector<std::string> said;
    for (const Diagnostic& diagnostic : diagnostics.sorted()) {
        said.push_back(diagnostics.to_string(diagnostic));
    }
    ASSERT_THAT(said, IsEmpty());
    std::vector<std::string> routes;
    for (const WrittenRoute& route : gateway.routes) routes.push_back(route.name.value);
    EXPECT_THAT(routes, ElementsAre("order-details", "order-lines", "order", "user-dashboard"));
    EXPECT_EQ(gateway.upstreams.at(0).url->value, "http://127.0.0.1:9001");
}

TEST(ShippedFiles, TakeTheAddressesOfTheServicesFromTheEnvironment) {
    Diagnostics diagnostics;
    const Environment environment = [](const std::string& name) { return name + ":80"; };
    const WrittenGateway gateway = load(root / "config" / "gateway.yaml", environment, diagnostics);
    ASSERT_FALSE(diagnostics.has_errors());
    ASSERT_EQ(gateway.upstreams.size(), 3U);
    EXPECT_EQ(gateway.upstreams[0].url->value, "http://ORDERS:80");
    EXPECT_EQ(gateway.upstreams[1].url->value, "http://USERS:80");
    EXPECT_EQ(gateway.upstreams[2].url->value, "http://PRODUCTS:80");
}

}  // namespace
}  // namespace weft
