#include "app/generation.hpp"

#include <gtest/gtest.h>

#include "unit/app/served_files.hpp"

namespace weft {
namespace {

class GenerationTest : public ::testing::Test {
  protected:
    Generation next(const Generation* before) {
        return Generation{files_.served(), before, {context_.get_executor(), timers_, 0}};
    }

    ServedFiles files_;
    ManualClock clock_;
    Timers timers_{clock_};
    asio::io_context context_{1};
};

TEST_F(GenerationTest, SharesTheUpstreamsWhoseSettingsAreTheSame) {
    const auto first = next(nullptr);
    // In another order, one of them with fewer connections, the other with a timeout that is the
    // plans' and not the pool's.
    files_.write(
        "",
        R"(upstreams:
  users: { url: "http://127.0.0.1:9002", timeout: 3s }
  orders: { url: "http://127.0.0.1:9001", max_connections: 1 }
)",
        two_routes
    );
    const auto second = next(&first);
    EXPECT_EQ(&second.upstream(0), &first.upstream(1));
    EXPECT_NE(&second.upstream(1), &first.upstream(0));
    EXPECT_EQ(second.upstream(1).settings().max_connections, 1U);
}

// The pool before it still has calls to end.
TEST_F(GenerationTest, AnUpstreamThatChangesIsCountedOnWithItsPoolOfBefore) {
    const auto gauges_of = [](const Generation& generation, const char* upstream) {
        return generation.configuration().upstream_gauges->of(0, upstream);
    };
    const auto first = next(nullptr);
    files_.write(
        "",
        R"(upstreams:
  orders: { url: "http://127.0.0.1:9001", max_connections: 1 }
  more: { url: "http://127.0.0.1:9002" }
)",
        "order: { path: /o, proxy: { upstream: orders, path: /o } }\n"
    );
    const auto served = files_.served(&first.configuration());
    const auto second = Generation{served, &first, {context_.get_executor(), timers_, 0}};
    EXPECT_EQ(gauges_of(second, "orders"), gauges_of(first, "orders"));
    gauges_of(second, "orders")->exchanges.add(2);
    gauges_of(second, "more")->exchanges.add(3);
    const auto levels = served->upstream_gauges->read();
    EXPECT_EQ(levels.size(), 2U);
    EXPECT_EQ(levels.at("orders").calls_in_flight, 2U);
    EXPECT_EQ(levels.at("more").calls_in_flight, 3U);
}

TEST_F(GenerationTest, AnUpstreamOfTheSameAddressUnderAnotherNameIsAnother) {
    const auto first = next(nullptr);
    files_.write(
        "",
        R"(upstreams:
  users: { url: "http://127.0.0.1:9001" }
  orders: { url: "http://127.0.0.1:9002" }
)",
        two_routes
    );
    const auto second = next(&first);
    for (UpstreamIndex i = 0; i < 2; ++i) {
        EXPECT_NE(&second.upstream(i), &first.upstream(0));
        EXPECT_NE(&second.upstream(i), &first.upstream(1));
    }
}

TEST_F(GenerationTest, ARouteKeepsItsLoadUnlessItsLimitsChange) {
    const auto first = next(nullptr);
    files_.write("", two_upstreams, std::string{two_routes} + R"(another:
  path: /a
  proxy: { upstream: orders, path: /a }
)");
    const auto second = next(&first);
    const auto load_of = [](const Generation& generation, std::string_view name) {
        for (const Plan& plan : generation.snapshot().plans) {
            if (plan.name == name) return &generation.load(plan);
        }
        throw std::logic_error{"no such route"};
    };
    EXPECT_EQ(load_of(second, "user"), load_of(first, "user"));
    EXPECT_NE(load_of(second, "user"), load_of(second, "another"));
    files_.write("limits: { in_flight: 7 }\n", two_upstreams, two_routes);
    const auto third = next(&second);
    EXPECT_NE(load_of(third, "user"), load_of(second, "user"));
}

}  // namespace
}  // namespace weft
