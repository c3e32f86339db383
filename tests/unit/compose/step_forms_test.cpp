// Rules of "What a step means" in ROUTES.md that hold for every form of a step: required and
// optional, plain, with for_each and with batch, whatever feeds it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/compose/step_table.hpp"

namespace weft::test {
namespace {

using testing::Contains;
using testing::Not;

constexpr const char* own_fallback = R"({"own":1})";

// Of the whole step: a loop's fallback is one item's.
std::string skipped_value(const Setting& setting) {
    const bool has_fallback = setting.keys.find("fallback") != std::string::npos;
    return setting.form == Form::plain && has_fallback ? own_fallback : "null";
}

// With a fallback, too, wherever one may be written.
std::vector<Setting> settings_with_fallbacks(const std::string& keys) {
    std::vector<Setting> all = all_settings(keys);
    for (const Setting& setting : all_settings(keys)) {
        if (setting.need == Need::required) continue;
        all.push_back(setting);
        all.back().keys += ", fallback: " + std::string{own_fallback};
    }
    return all;
}

TEST(Rule1, AStepWaitsForWhatItStandsAfterHoweverThatEnds) {
    for (const int status : {200, 500}) {
        for (Setting setting : all_settings(", after: [feeder]")) {
            if (setting.fed == Fed::by_step) continue;
            setting.feeder = ", required: false";
            Table table{setting, Table::Feeder::waits};
            SCOPED_TRACE(table.name());
            EXPECT_THAT(table.bench().source.targets(), Not(Contains(table.target())));
            table.bench().source.answer("/f", static_cast<std::uint16_t>(status), "1");
            EXPECT_THAT(table.bench().source.targets(), Contains(table.target()));
        }
    }
}

TEST(Rule2, AStepWhoseConditionDoesNotHoldIsSkippedAtOnceAndNothingIsMissing) {
    for (const Setting& setting :
         settings_with_fallbacks(", when: \"${request.query.ids == 1}\"")) {
        Table table{setting, Table::Feeder::waits};
        SCOPED_TRACE(table.name());
        EXPECT_EQ(table.bench().source.running(), 1U);
        table.feed();
        ASSERT_TRUE(table.bench().answered());
        EXPECT_EQ(table.bench().status(), 201);
        EXPECT_EQ(table.bench().member("/s"), skipped_value(setting));
        EXPECT_EQ(table.bench().member("/errors"), "absent");
        EXPECT_TRUE(table.bench().record.complete);
        EXPECT_THAT(table.bench().source.targets(), Not(Contains(table.target())));
    }
}

TEST(Rule3, AStepIsSkippedWithTheOneThatFeedsItAndOnlyTheCauseIsReported) {
    for (Setting setting : settings_with_fallbacks("")) {
        if (setting.fed != Fed::by_step) continue;
        setting.feeder = ", required: false";
        Table table{setting, Table::Feeder::waits};
        SCOPED_TRACE(table.name());
        table.bench().source.answer("/f", 500, "");
        ASSERT_TRUE(table.bench().answered());
        EXPECT_EQ(table.bench().status(), 201);
        EXPECT_EQ(table.bench().member("/s"), skipped_value(setting));
        EXPECT_EQ(
            table.bench().member("/errors"),
            R"([{"path":"/feeder","code":"upstream_status","status":502,"upstream_status":500}])"
        );
    }
}

TEST(Rule3, AFallbackThatIsNotNullFeedsLikeAnyValue) {
    for (Setting setting : all_settings()) {
        if (setting.fed != Fed::by_step) continue;
        setting.feeder = ", required: false, fallback: { id: 7, ids: [ 7, 8 ] }";
        if (setting.form == Form::for_each)
            setting.feeder.replace(setting.feeder.find(", 8"), 3, "");
        Table table{setting, Table::Feeder::waits};
        table.bench().source.answer("/f", 500, "");
        table.succeed();
        SCOPED_TRACE(table.name());
        EXPECT_EQ(table.bench().status(), 201);
        EXPECT_EQ(table.bench().member("/errors/0/path"), R"("/feeder")");
        EXPECT_EQ(table.bench().member("/errors/1"), "absent");
        EXPECT_NE(table.bench().member("/s"), "null");
    }
}

TEST(Rule4, AMissingValueInACallFailsTheStepAndWithAQuestionMarkDropsItsParameter) {
    for (const char* value : {"feeder.none", "request.query.none"}) {
        const bool of_request = std::string{value}.starts_with("request");
        for (Setting setting : all_settings()) {
            setting.query = "q: \"${" + std::string{value} + "}\"";
            Table failed{setting, Table::Feeder::waits};
            // A required step that the request already fails keeps all from being called.
            if (!failed.bench().answered()) failed.feed();
            failed.expect_failure(of_request ? 400 : 502, "missing_input");
            setting.query.insert(setting.query.find('}'), "?");
            Table dropped{setting};
            dropped.succeed();
            dropped.expect_success();
        }
    }
}

TEST(Rule6, AFailedOptionalStepOrItemGivesItsFallback) {
    for (const Setting& setting : settings_with_fallbacks("")) {
        if (setting.keys.empty()) continue;
        Table table{setting};
        table.answer(503, "");
        table.expect_value(own_fallback);
        EXPECT_EQ(table.bench().field("Weft-Complete"), "false");
    }
}

TEST(Rule6, ARequiredFailureCancelsTheCallsThatStillRun) {
    for (const Setting& setting : all_settings()) {
        if (setting.fed == Fed::by_step || setting.need == Need::optional) continue;
        Table table{setting, Table::Feeder::waits};
        SCOPED_TRACE(table.name());
        table.answer(500, "");
        EXPECT_TRUE(table.bench().answered());
        EXPECT_EQ(table.bench().source.cancelled(), 1U);
    }
}

TEST(Rule9, EachCallGetsTheSmallestOfStepUpstreamAndWhatIsLeft) {
    struct Row {
        const char* keys;
        int most;
    };
    // The upstream's timeout is 200 ms, the route's 1 s.
    for (const Row& row :
         {Row{"", 200}, Row{", timeout: 20ms", 20}, Row{", timeout: 300ms", 200}}) {
        for (const Setting& setting : all_settings(row.keys)) {
            Table table{setting};
            SCOPED_TRACE(table.name());
            const StepCall& call = table.bench().source.call(1);
            EXPECT_EQ(call.target, table.target());
            EXPECT_EQ(call.deadline, table.bench().clock.now() + milliseconds{row.most});
        }
    }
}

TEST(Rule11, TheMethodAndTheBodyAreSentByEveryForm) {
    for (const Setting& setting : all_settings(", method: POST, body: { id: \"${request.id}\" }")) {
        if (setting.form == Form::batch) continue;  // inherits neither
        Table table{setting};
        SCOPED_TRACE(table.name());
        EXPECT_EQ(table.bench().source.call(1).method, Method::post);
        EXPECT_TRUE(table.bench().source.call(1).body.starts_with(R"({"id":")"));
    }
}

}  // namespace
}  // namespace weft::test
