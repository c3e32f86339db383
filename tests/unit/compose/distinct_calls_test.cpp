#include "compose/distinct_calls.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace weft {
namespace {

StepCall call_to(const std::string& target) {
    StepCall call;
    call.target = target;
    return call;
}

// From a few to more than are compared one by one, and on through every growth of the table.
TEST(DistinctCalls, FindsEachCallThatWasAddedAndNoOther) {
    std::vector<StepCall> calls;
    DistinctCalls distinct;
    const auto call_at = [&](std::uint32_t index) -> const StepCall& { return calls[index]; };
    for (std::uint32_t count = 0; count < 100; ++count) {
        for (std::uint32_t known = 0; known < count; ++known) {
            const StepCall same = call_to("/" + std::to_string(known));
            ASSERT_EQ(distinct.find(same, call_at), known) << count;
        }
        calls.push_back(call_to("/" + std::to_string(count)));
        ASSERT_EQ(distinct.find(calls.back(), call_at), DistinctCalls::none);
        distinct.add(count, call_at);
    }
}

TEST(DistinctCalls, DifferByTargetHeadersAndBody) {
    std::vector<StepCall> calls(4, call_to("/a"));
    calls[1].body = "{}";
    calls[2].headers.emplace_back("X", "1");
    calls[3].headers.emplace_back("X", "2");
    DistinctCalls distinct;
    const auto call_at = [&](std::uint32_t index) -> const StepCall& { return calls[index]; };
    for (std::uint32_t index = 0; index < calls.size(); ++index) {
        EXPECT_EQ(distinct.find(calls[index], call_at), DistinctCalls::none);
        distinct.add(index, call_at);
    }
}

}  // namespace
}  // namespace weft
