// How steps ended, as other steps and the answer read it: `steps.X.status`, `.header.Y` and `.ok`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/compose/bench.hpp"
#include "unit/compose/written_steps.hpp"

namespace weft::test {
namespace {

// The order answers with a status and fields.
StepResult answer_of(std::uint16_t status, std::vector<OwnedField> fields) {
    StepResult result;
    result.status = status;
    result.fields = std::move(fields);
    result.body = "{}";
    return result;
}

const std::vector<std::string> telling{
    "order: { upstream: orders, path: /o, required: false }",
    "s: { upstream: users, path: /s, query: { status: \"${steps.order.status?}\", ok: "
    "\"${steps.order.ok}\" }, headers: { If-Match: \"${steps.order.header.ETag?}\" } }",
};
constexpr const char* told =
    R"(s: "${s}", status: "${steps.order.status}", ok: "${steps.order.ok}", tag: "${steps.order.header.etag}", text: "${steps.order.status} ${steps.order.header.x-many}")";

TEST(StepsParts, TellHowAStepEnded) {
    Bench bench{route_of(telling, told)};
    bench.start();
    bench.source.end(
        "/o",
        answer_of(203, {{"etag", "\"v1\""}, {"X-Many", "a"}, {"x-many", "b"}, {"X-Other", "c"}})
    );
    EXPECT_EQ(bench.source.targets().back(), "/s?status=203&ok=true");
    ASSERT_EQ(bench.source.call(1).headers.size(), 1U);
    EXPECT_EQ(bench.source.call(1).headers[0].value(), "\"v1\"");
    bench.source.answer("/s?status=203&ok=true", "1");
    EXPECT_EQ(bench.body(), R"({"s":1,"status":203,"ok":true,"tag":"\"v1\"","text":"203 a, b"})");
}

TEST(StepsParts, OfAStepThatFailedAreThoseOfItsAnswer) {
    Bench bench{route_of(telling, told)};
    bench.start();
    bench.source.end("/o", answer_of(503, {{"ETag", "v2"}}));
    bench.source.answer("/s?status=503&ok=false", "1");
    EXPECT_EQ(
        bench.body(),
        R"({"s":1,"status":503,"ok":false,"tag":"v2","text":null,"errors":[{"path":"","code":"upstream_status","status":502,"upstream_status":503}]})"
    );
}

TEST(StepsParts, WithoutAnAnswerAreAbsent) {
    Bench bench{route_of(telling, told)};
    bench.start();
    bench.source.end("/o", Failure{FailureKind::connection_refused});
    bench.source.answer("/s?ok=false", "1");
    EXPECT_EQ(
        bench.body(),
        R"({"s":1,"status":null,"ok":false,"tag":null,"text":null,"errors":[{"path":"","code":"upstream_refused","status":502}]})"
    );
}

TEST(StepsParts, ThatAreAbsentAreMissingInput) {
    Bench bench{route_of(
        {"order: { upstream: orders, path: /o }",
         "s: { upstream: users, path: /s, headers: { If-Match: \"${steps.order.header.etag}\" } }"},
        R"(s: "${s}")"
    )};
    bench.run({{"/o", "{}"}});
    EXPECT_EQ(bench.status(), 502);
    EXPECT_EQ(bench.member("/code"), R"("missing_input")");
}

}  // namespace
}  // namespace weft::test
