#include "app/refresh.hpp"

#include <gmock/gmock.h>

#include <map>
#include <stdexcept>

#include "unit/app/served_files.hpp"

namespace weft {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* named_and_given = R"(upstreams:
  orders: { urls: ["http://a.test:9001", "http://b.test:9001"] }
  users: { url: "http://127.0.0.1:9002" }
)";

class RefreshTest : public ::testing::Test {
  protected:
    RefreshTest() {
        files_.write("", named_and_given, two_routes);
        running_ = files_.served(nullptr, names());
    }

    ResolveName names() {
        return [this](const std::string& host, std::uint16_t port) {
            ++asked_[host];
            Result<std::vector<Endpoint>> found{Failure{FailureKind::dns, host + ": unknown"}};
            if (!addresses_.contains(host)) return found;
            std::vector<Endpoint> endpoints;
            for (const auto* address : addresses_.at(host)) {
                endpoints.emplace_back(asio::ip::make_address(address), port);
            }
            found = std::move(endpoints);
            return found;
        };
    }
    Reread refreshed() {
        asked_.clear();
        return refresh_names(*running_, names());
    }

    ServedFiles files_;
    std::map<std::string, std::vector<const char*>> addresses_{
        {"a.test", {"10.0.0.1", "10.0.0.2"}},
        {"b.test", {"10.0.0.3"}},
        {"127.0.0.1", {"127.0.0.1"}}};
    std::map<std::string, int> asked_;
    std::shared_ptr<const ServedConfiguration> running_;
};

TEST_F(RefreshTest, BringsTheAddressesThatNamesHaveNow) {
    addresses_["b.test"] = {"10.0.0.9"};
    const auto reread = refreshed();
    ASSERT_TRUE(reread.configuration);
    const auto& endpoints = reread.configuration->upstreams[0].endpoints;
    ASSERT_EQ(endpoints.size(), 3U);
    EXPECT_EQ(endpoints[2].address, (Endpoint{asio::ip::make_address("10.0.0.9"), 9001}));
    EXPECT_EQ(endpoints[2].instance, 1U);
    EXPECT_EQ(reread.configuration->upstreams[1], running_->upstreams[1]);
    EXPECT_EQ(reread.configuration->snapshot, running_->snapshot);
    EXPECT_TRUE(reread.names_only);
}

TEST_F(RefreshTest, BringsNothingWhereNothingHasChanged) {
    EXPECT_FALSE(refreshed().configuration);
    addresses_["a.test"] = {"10.0.0.2", "10.0.0.1"};
    EXPECT_FALSE(refreshed().configuration) << "the order alone is no change";
}

TEST_F(RefreshTest, AsksOnlyForUpstreamsWithNames) {
    refreshed();
    EXPECT_EQ(asked_.count("127.0.0.1"), 0U);
    EXPECT_EQ(asked_["a.test"], 1);
    EXPECT_TRUE(has_names(*running_->snapshot));
    files_.write("", two_upstreams, two_routes);
    EXPECT_FALSE(has_names(*files_.served()->snapshot));
}

TEST_F(RefreshTest, KeepsTheLastGoodAddressesOfAnUpstream) {
    addresses_["a.test"] = {"10.0.0.8"};
    addresses_.erase("b.test");
    const auto reread = refreshed();
    EXPECT_FALSE(reread.configuration);
    EXPECT_THAT(
        reread.warnings,
        ElementsAre("upstream \"orders\": the name does not resolve: b.test: unknown; its last "
                    "addresses stay")
    );
    EXPECT_THAT(reread.mistakes, IsEmpty());
}

TEST_F(RefreshTest, NeverThrows) {
    const auto reread = refresh_names(
        *running_,
        [](const std::string&, std::uint16_t) -> Result<std::vector<Endpoint>> {
            throw std::runtime_error{"no memory"};
        }
    );
    EXPECT_FALSE(reread.configuration);
    EXPECT_THAT(reread.warnings, ElementsAre("names could not be resolved: no memory"));
}

}  // namespace
}  // namespace weft
