// What makes a test pass or fail, with handlers of all kinds in the place of the gateway.
#include "trial/run_test.hpp"

#include <gtest/gtest.h>

#include <boost/asio/this_coro.hpp>
#include <functional>
#include <stdexcept>

namespace weft {
namespace {

using Ask = std::function<Awaitable<Answer>(Request&)>;

class AskHandler final : public Handler {
  public:
    explicit AskHandler(Ask ask) : ask_{std::move(ask)} {}
    Awaitable<Answer> handle(Request& request) override { return ask_(request); }

  private:
    Ask ask_;
};

class RunTestTest : public ::testing::Test {
  protected:
    RunTestTest() {
        test_.route = "r";
        test_.request.target = "/r";
    }

    TestOutcome run(const Ask& ask) {
        return run_test(test_, limits_, [&](VirtualTime&, StubServices& services) {
            for (const char* target : calls_) services.answer_to("u", Method::get, target);
            return std::make_unique<AskHandler>(ask);
        });
    }

    RouteTest test_;
    HeadLimits limits_;
    std::vector<const char*> calls_;
};

Awaitable<Answer> answer_nothing(Request& request) {
    request.record->route = "r";
    co_return Answer{};
}

TEST_F(RunTestTest, PassesIfTheAnswerIsWhatIsExpected) {
    EXPECT_TRUE(run(answer_nothing).passed());
    test_.status = 404;
    const TestOutcome outcome = run(answer_nothing);
    EXPECT_FALSE(outcome.passed());
    EXPECT_EQ(outcome.status, 200);
    const Difference status{MessagePart::status, "", "404", "200"};
    EXPECT_EQ(outcome.differences, std::vector{status});
}

TEST_F(RunTestTest, FailsIfAnotherRouteAnswers) {
    test_.route = "other";
    const Difference route{MessagePart::route, "", "\"other\"", "\"r\""};
    EXPECT_EQ(run(answer_nothing).differences, std::vector{route});
}

TEST_F(RunTestTest, ThatNoRouteAnswersMayBeWhatIsTested) {
    test_.status = 405;
    const auto refuse = [](Request&) -> Awaitable<Answer> {
        Answer answer;
        answer.status = 405;
        co_return answer;
    };
    EXPECT_TRUE(run(refuse).passed());
}

TEST_F(RunTestTest, FailsAtACallWithoutAStubWhateverTheAnswer) {
    calls_ = {"/a"};
    test_.status = 404;
    const TestOutcome outcome = run(answer_nothing);
    EXPECT_FALSE(outcome.passed());
    EXPECT_EQ(outcome.unstubbed.size(), 1U);
    EXPECT_TRUE(outcome.differences.empty());
}

TEST_F(RunTestTest, PassesWithAStubThatIsNeverUsedAndSaysSo) {
    test_.stubs.emplace_back();
    const TestOutcome outcome = run(answer_nothing);
    EXPECT_TRUE(outcome.passed());
    EXPECT_EQ(outcome.unused, std::vector<const Stub*>{test_.stubs.data()});
}

TEST_F(RunTestTest, FailsIfTheHandlerThrows) {
    const TestOutcome outcome = run([](Request&) -> Awaitable<Answer> {
        throw std::runtime_error{"a bug"};
        co_return Answer{};
    });
    EXPECT_FALSE(outcome.passed());
    EXPECT_EQ(outcome.bug, "a bug");
}

TEST_F(RunTestTest, FailsIfTheRequestIsNeverAnswered) {
    const TestOutcome outcome = run([](Request&) -> Awaitable<Answer> {
        SteadyTimer never{co_await asio::this_coro::executor, TimePoint::max()};
        co_await never.async_wait(use_awaitable);
        co_return Answer{};
    });
    EXPECT_FALSE(outcome.passed());
    EXPECT_EQ(outcome.bug, "the request is never answered");
}

TEST_F(RunTestTest, AsksAsASessionWould) {
    test_.request.method = Method::post;
    test_.request.target = "/r/a%20b?q=1";
    test_.request.fields = {{"X-Request-Id", "mine"}, {"Host", "shop.example"}};
    test_.request.body = std::string(100'000, 'x');
    const TestOutcome outcome = run([this](Request& request) -> Awaitable<Answer> {
        EXPECT_EQ(request.head->method, Method::post);
        EXPECT_EQ(request.head->path, "/r/a%20b");
        EXPECT_EQ(request.head->query, "q=1");
        EXPECT_EQ(request.head->authority, "shop.example");
        EXPECT_EQ(request.request_id, "mine");
        std::string body;
        for (;;) {
            const auto piece = co_await request.body->next();
            if (piece.has_error() || piece->empty()) break;
            body += *piece;
        }
        EXPECT_EQ(body, test_.request.body);
        co_return Answer{};
    });
    EXPECT_TRUE(outcome.passed());
}

TEST_F(RunTestTest, AnswersItselfWhatNeverReachesAHandler) {
    test_.request.target = "/" + std::string(9000, 'x');
    test_.status = 414;
    const TestOutcome outcome = run([](Request&) -> Awaitable<Answer> {
        ADD_FAILURE();
        co_return Answer{};
    });
    EXPECT_TRUE(outcome.passed()) << outcome.status;
}

TEST_F(RunTestTest, KeepsTheLimitOfTheBody) {
    test_.request.body = "12345";
    test_.status = 413;
    const TestOutcome outcome = run([](Request& request) -> Awaitable<Answer> {
        request.body_limit = 4;
        const auto piece = co_await request.body->next();
        EXPECT_TRUE(piece.has_error());
        co_return Answer{};
    });
    EXPECT_TRUE(outcome.passed()) << outcome.status;
}

}  // namespace
}  // namespace weft
