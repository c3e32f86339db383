#include "compose/readiness.hpp"

#include <gtest/gtest.h>

#include "unit/compose/route_builder.hpp"

namespace weft::test {
namespace {

constexpr StepStatus waiting{};
constexpr StepStatus running{StepState::running, false};
constexpr StepStatus succeeded{StepState::succeeded, true};
constexpr StepStatus refused{StepState::refused, false};
constexpr StepStatus unknown{StepState::unknown, false};
constexpr StepStatus skipped{StepState::skipped, false};
constexpr StepStatus fallen_back{StepState::refused, true};

// order -> user, products (which `?` lets do without order) -> last
std::shared_ptr<Snapshot> diamond() {
    return build_route(
        {{.name = "order", .path = "/orders/${request.path.id}"},
         {.name = "user", .path = "/users/${order.user_id}"},
         {.name = "products", .path = "/products", .query = {{"of", "${order.id?}"}}},
         {.name = "last", .path = "/last/${user.id}/${products.id}"}},
        R"({"last":"${last}"})"
    );
}

struct Row {
    const char* what;
    std::vector<StepStatus> steps;
    std::optional<Move> expected;
};

TEST(Readiness, IsAFunctionOfThePlanAndTheResultsSoFar) {
    const auto route = diamond();
    const auto& plan = std::get<ComposePlan>(route->plans.front().work);
    const std::vector<Row> rows{
        {"nothing is in", {waiting, waiting, waiting, waiting}, Move{0, Action::run}},
        {"the first runs", {running, waiting, waiting, waiting}, {}},
        {"order is in", {succeeded, waiting, waiting, waiting}, Move{1, Action::run}},
        {"user runs", {succeeded, running, waiting, waiting}, Move{2, Action::run}},
        {"one of two is in", {succeeded, succeeded, running, waiting}, {}},
        {"both are in", {succeeded, succeeded, succeeded, waiting}, Move{3, Action::run}},
        {"a feed failed", {refused, waiting, waiting, waiting}, Move{1, Action::skip}},
        {"its end is unknown", {unknown, waiting, waiting, waiting}, Move{1, Action::skip}},
        {"a feed was skipped", {skipped, waiting, waiting, waiting}, Move{1, Action::skip}},
        {"`?` does without", {refused, skipped, waiting, waiting}, Move{2, Action::run}},
        {"a fallback is a value", {fallen_back, waiting, waiting, waiting}, Move{1, Action::run}},
        {"one of two failed", {succeeded, refused, succeeded, waiting}, Move{3, Action::skip}},
        {"it waits for both even so", {succeeded, refused, running, waiting}, {}},
        {"all are finished", {succeeded, refused, succeeded, skipped}, {}},
    };
    for (const Row& row : rows) {
        const auto move = next_move(plan, row.steps);
        ASSERT_EQ(move.has_value(), row.expected.has_value()) << row.what;
        if (!move) continue;
        EXPECT_EQ(move->step, row.expected->step) << row.what;
        EXPECT_EQ(move->action, row.expected->action) << row.what;
    }
}

TEST(Readiness, AllIsFinishedWhenNothingWaitsOrRuns) {
    EXPECT_TRUE(all_finished(std::vector{succeeded, refused, unknown, skipped}));
    EXPECT_FALSE(all_finished(std::vector{succeeded, running}));
    EXPECT_FALSE(all_finished(std::vector{waiting, succeeded}));
}

TEST(Readiness, TellsAServiceThatMayHaveActedFromOneThatDidNot) {
    EXPECT_EQ(failed_state(Failure{FailureKind::read_timeout}), StepState::unknown);
    EXPECT_EQ(failed_state(Failure{FailureKind::connection_closed}), StepState::unknown);
    EXPECT_EQ(failed_state(Failure{FailureKind::deadline}), StepState::unknown);
    EXPECT_EQ(failed_state(Failure{FailureKind::connection_refused}), StepState::refused);
    EXPECT_EQ(failed_state(Failure{FailureKind::upstream_status}), StepState::refused);
    EXPECT_EQ(failed_state(Failure{FailureKind::missing_input}), StepState::refused);
}

}  // namespace
}  // namespace weft::test
