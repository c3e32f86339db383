#include "app/served_configuration.hpp"

#include <gmock/gmock.h>

#include "unit/app/served_files.hpp"

namespace weft {
namespace {

using ::testing::HasSubstr;

constexpr const char* named = R"(upstreams:
  orders: { url: "http://orders.test:9001" }
  users: { url: "http://users.test" }
)";

Endpoint at(const char* address, std::uint16_t port) {
    return {asio::ip::make_address(address), port};
}

Result<std::vector<Endpoint>> two_addresses(const std::string& host, std::uint16_t port) {
    if (host == "orders.test") return std::vector{at("10.0.0.1", port), at("10.0.0.2", port)};
    return std::vector{at("10.0.0.3", port)};
}

Result<std::vector<Endpoint>> none(const std::string& host, std::uint16_t) {
    return Failure{FailureKind::dns, host + ": unknown"};
}

class ServedConfigurationTest : public ::testing::Test {
  protected:
    ServedConfigurationTest() { files_.write("workers: 4\n", named, two_routes); }

    std::string first_mistake(const Configuration& configuration) const {
        const auto found = configuration.diagnostics.sorted();
        return found.empty() ? "" : files_.line(configuration.diagnostics.to_string(found[0]));
    }

    ServedFiles files_;
};

TEST_F(ServedConfigurationTest, HoldsEveryAddressOfANameInItsOrder) {
    const auto served = files_.served(nullptr, two_addresses);
    const std::vector<UpstreamEndpoint> expected{
        {at("10.0.0.1", 9001), "orders.test:9001"}, {at("10.0.0.2", 9001), "orders.test:9001"}};
    EXPECT_EQ(served->upstreams.at(0).endpoints, expected);
    EXPECT_EQ(served->upstreams.at(0).max_connections, 64U);
    EXPECT_EQ(served->upstreams.at(1).endpoints.at(0).authority, "users.test");
}

TEST_F(ServedConfigurationTest, ANameThatDoesNotResolveIsAMistakeAtItsUrl) {
    auto configuration = read_configuration(files_.file());
    EXPECT_FALSE(resolve_names(configuration, nullptr, none));
    EXPECT_EQ(configuration.diagnostics.errors(), 2U);
    EXPECT_EQ(
        first_mistake(configuration),
        "gateway.yaml:5:19: the name does not resolve: orders.test: unknown"
    );
}

TEST_F(ServedConfigurationTest, ANameThatHasResolvedBeforeKeepsItsLastAddresses) {
    const auto running = files_.served(nullptr, two_addresses);
    auto configuration = read_configuration(files_.file());
    const auto served = resolve_names(configuration, running.get(), none);
    ASSERT_TRUE(served);
    EXPECT_EQ(served->upstreams, running->upstreams);
    EXPECT_EQ(
        first_mistake(configuration),
        "gateway.yaml:5:19: warning: the name does not resolve: orders.test: unknown; "
        "its last addresses stay"
    );
}

TEST_F(ServedConfigurationTest, LastAddressesAreNoneOfAnotherHostOrPort) {
    const auto running = files_.served(nullptr, two_addresses);
    files_.write(
        "workers: 4\n",
        R"(upstreams:
  orders: { url: "http://orders.test:9005" }
  users: { url: "http://users.test" }
)",
        two_routes
    );
    auto configuration = read_configuration(files_.file());
    EXPECT_FALSE(resolve_names(configuration, running.get(), none));
    EXPECT_EQ(configuration.diagnostics.errors(), 1U);
}

TEST_F(ServedConfigurationTest, TheSameAddressesInAnotherOrderAreNoChange) {
    const auto running = files_.served(nullptr, two_addresses);
    const auto turned = [](const std::string& host, std::uint16_t port) {
        auto addresses = two_addresses(host, port);
        std::ranges::reverse(*addresses);
        return addresses;
    };
    EXPECT_EQ(files_.served(running.get(), turned)->upstreams, running->upstreams);
    const auto fewer = [](const std::string& host, std::uint16_t port) {
        auto addresses = two_addresses(host, port);
        addresses->resize(1);
        return addresses;
    };
    EXPECT_NE(files_.served(running.get(), fewer)->upstreams, running->upstreams);
}

}  // namespace
}  // namespace weft
