#include "telemetry/counters.hpp"

#include <gtest/gtest.h>

namespace weft {
namespace {

RequestRecord record_with(std::uint16_t status) {
    RequestRecord record;
    record.status = status;
    record.bytes_sent = 10;
    return record;
}

TEST(WorkerCounters, CountRequestsByClassOfStatus) {
    WorkerCounters counters;
    constexpr std::uint16_t statuses[] = {200, 204, 404, 499, 503, 0, 999};
    for (const auto status : statuses) {
        counters.request_recorded(record_with(status));
    }
    const auto values = counters.read();
    EXPECT_EQ(values.requests[0], 1u);
    EXPECT_EQ(values.requests[2], 2u);
    EXPECT_EQ(values.requests[4], 2u);
    EXPECT_EQ(values.requests[5], 2u);
    EXPECT_EQ(values.bytes_sent, 70u);
}

TEST(WorkerCounters, CountCallsByTheirEnd) {
    RequestRecord record = record_with(200);
    record.complete = false;
    record.calls.resize(3);
    record.calls[0].end = CallEnd::succeeded;
    record.calls[1].end = CallEnd::succeeded;
    record.calls[2].end = CallEnd::unknown;
    WorkerCounters counters;
    counters.request_recorded(record);
    const auto values = counters.read();
    EXPECT_EQ(values.calls[static_cast<std::size_t>(CallEnd::succeeded)], 2u);
    EXPECT_EQ(values.calls[static_cast<std::size_t>(CallEnd::unknown)], 1u);
    EXPECT_EQ(values.partial_answers, 1u);
}

TEST(WorkerCounters, FollowConnectionsAndWork) {
    WorkerCounters counters;
    counters.connection_opened();
    counters.connection_opened();
    counters.connection_closed();
    counters.request_started();
    counters.request_started();
    counters.request_finished();
    const auto values = counters.read();
    EXPECT_EQ(values.connections_accepted, 2u);
    EXPECT_EQ(values.connections_open, 1u);
    EXPECT_EQ(values.requests_in_work, 1u);
}

TEST(WorkerCounters, AreSummedOverWorkers) {
    WorkerCounters one;
    WorkerCounters two;
    one.request_recorded(record_with(200));
    two.request_recorded(record_with(200));
    two.handler_threw();
    two.accept_paused();
    CounterValues sum = one.read();
    sum += two.read();
    EXPECT_EQ(sum.requests[2], 2u);
    EXPECT_EQ(sum.bytes_sent, 20u);
    EXPECT_EQ(sum.handler_bugs, 1u);
    EXPECT_EQ(sum.accept_pauses, 1u);
}

}  // namespace
}  // namespace weft
