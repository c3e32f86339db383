#include "admin/health.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <exception>

namespace weft {
namespace {

class HealthTest : public testing::Test {
  protected:
    Answer ask(
        Method method, std::string_view path, std::string_view authority = "localhost:9901"
    ) {
        RequestHead head;
        head.method = method;
        head.path = path;
        head.target = path;
        head.authority = authority;
        Request request;
        request.head = &head;
        request.request_id = "id-1";
        request.record = &record_;
        HealthHandler handler{
            listen_host_, [this] { return health_; }, [] { return std::string{"figures 1\n"}; }};
        asio::io_context io;
        Answer got;
        asio::co_spawn(
            io.get_executor(),
            handler.handle(request),
            [&](const std::exception_ptr& bug, Answer answer) {
                EXPECT_FALSE(bug);
                got = std::move(answer);
            }
        );
        io.run();
        return got;
    }
    static std::string body_of(const Answer& answer) {
        std::string body;
        for (const auto piece : answer.pieces) body += piece;
        return body;
    }
    static std::string field_of(const Answer& answer, std::string_view name) {
        for (const auto& field : answer.fields) {
            if (equal_ignoring_case(field.name(), name)) return field.value();
        }
        return {};
    }

    std::string listen_host_ = "127.0.0.1";
    Health health_;
    RequestRecord record_;
};

TEST_F(HealthTest, IsLiveWhetherReadyOrNot) {
    for (const auto readiness : {Readiness::ready, Readiness::draining}) {
        health_.readiness = readiness;
        const Answer answer = ask(Method::get, "/livez");
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(body_of(answer), R"({"status":"live"})");
        EXPECT_EQ(field_of(answer, "Cache-Control"), "no-store");
    }
}

TEST_F(HealthTest, IsReadyUntilItDrains) {
    EXPECT_EQ(ask(Method::get, "/readyz").status, 200);
    EXPECT_EQ(ask(Method::head, "/readyz").status, 200);
    health_.readiness = Readiness::draining;
    const Answer answer = ask(Method::get, "/readyz");
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(
        body_of(answer), R"({"status":"draining","reloads":{"succeeded":0,"failed":0,"last":null}})"
    );
}

TEST_F(HealthTest, SaysHowReloadsWent) {
    health_.reloads_succeeded = 2;
    health_.last_reload = ReloadEnd::succeeded;
    EXPECT_EQ(
        body_of(ask(Method::get, "/readyz")),
        R"({"status":"ready","reloads":{"succeeded":2,"failed":0,"last":"succeeded"}})"
    );
    health_.reloads_failed = 1;
    health_.last_reload = ReloadEnd::failed;
    EXPECT_EQ(
        body_of(ask(Method::get, "/readyz")),
        R"({"status":"ready","reloads":{"succeeded":2,"failed":1,"last":"failed"}})"
    );
}

TEST_F(HealthTest, AnswersOtherPathsAndMethodsWithProblems) {
    const Answer missing = ask(Method::get, "/other");
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(field_of(missing, "Content-Type"), "application/problem+json");
    EXPECT_EQ(record_.failure, FailureKind::not_found);
    const Answer wrong = ask(Method::post, "/livez");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(field_of(wrong, "Allow"), "GET, HEAD");
}

TEST_F(HealthTest, AnswersOnlyUnderItsOwnNames) {
    for (const auto* ours :
         {"localhost", "LOCALHOST:1", "127.0.0.1:9901", "127.1.2.3", "[::1]:9901", ""}) {
        EXPECT_EQ(ask(Method::get, "/livez", ours).status, 200) << ours;
    }
    for (const auto* foreign :
         {"evil.test", "localhost.evil.test", "10.0.0.1:9901", "[2001:db8::1]"}) {
        EXPECT_EQ(ask(Method::get, "/livez", foreign).status, 421) << foreign;
    }
}

TEST_F(HealthTest, TakesAnyAddressWhenItListensOnAll) {
    listen_host_ = "0.0.0.0";
    EXPECT_EQ(ask(Method::get, "/livez", "10.0.0.1:9901").status, 200);
    EXPECT_EQ(ask(Method::get, "/livez", "evil.test").status, 421);
    listen_host_ = "10.0.0.1";
    EXPECT_EQ(ask(Method::get, "/livez", "10.0.0.1:9901").status, 200);
    EXPECT_EQ(ask(Method::get, "/livez", "10.0.0.2:9901").status, 421);
}

TEST_F(HealthTest, GivesTheMetrics) {
    const Answer answer = ask(Method::get, "/metrics");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(body_of(answer), "figures 1\n");
    EXPECT_EQ(field_of(answer, "Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_EQ(ask(Method::post, "/metrics").status, 405);
    EXPECT_EQ(ask(Method::get, "/metrics", "evil.test").status, 421);
}

}  // namespace
}  // namespace weft
