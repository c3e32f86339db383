#include "telemetry/route_counters.hpp"

#include <gtest/gtest.h>

namespace weft {
namespace {

TEST(RouteCounters, SumOverTheWorkers) {
    RouteCounters counters{{"order", "user"}, 2, nullptr};
    counters.count(0, "order", 200);
    counters.count(1, "order", 204);
    counters.count(1, "order", 503);
    counters.count(0, "", 404);
    counters.count(0, "unknown", 200);
    const auto read = counters.read();
    ASSERT_EQ(read.size(), 3U);
    EXPECT_EQ(read.at("order"), (RouteCounters::Classes{0, 0, 2, 0, 0, 1}));
    EXPECT_EQ(read.at("user"), RouteCounters::Classes{});
    EXPECT_EQ(read.at(""), (RouteCounters::Classes{0, 0, 0, 0, 1, 0}));
}

TEST(RouteCounters, GoOnOverAReload) {
    RouteCounters before{{"order", "gone"}, 1, nullptr};
    before.count(0, "order", 200);
    RouteCounters after{{"order", "fresh"}, 1, &before};
    before.count(0, "order", 200);  // by a worker that has not changed yet
    after.count(0, "order", 200);
    EXPECT_EQ(after.read().at("order")[2], 3U);
    EXPECT_EQ(after.read().count("gone"), 0U);
    EXPECT_EQ(after.read().at("fresh"), RouteCounters::Classes{});
}

}  // namespace
}  // namespace weft
