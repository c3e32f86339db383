#include "http/problem.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace weft {
namespace {

std::string body_of(const Answer& answer) {
    std::string body;
    for (const auto piece : answer.pieces) body.append(piece);
    return body;
}

std::string field_of(const Answer& answer, std::string_view name) {
    std::string value;
    for (const auto& field : answer.fields) {
        if (field.name() == name) value += field.value();
    }
    return value;
}

TEST(Problem, IsTheDocumentOfTheRouteLanguage) {
    Failure failure{FailureKind::read_timeout, "socket 7"};
    failure.at_step("order").at_upstream("orders");
    const Answer answer = problem(failure, {.instance = "/order-details/o-1", .request_id = "r-1"});
    EXPECT_EQ(answer.status, 504);
    EXPECT_EQ(
        body_of(answer),
        R"({"type":"urn:weft:upstream_timeout","title":"Upstream timed out","status":504,)"
        R"("code":"upstream_timeout","instance":"/order-details/o-1","request_id":"r-1",)"
        R"("step":"order","upstream":"orders"})"
    );
    EXPECT_EQ(field_of(answer, "Content-Type"), "application/problem+json");
    EXPECT_EQ(field_of(answer, "Cache-Control"), "no-store");
    EXPECT_EQ(field_of(answer, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(field_of(answer, "Proxy-Status"), "weft; error=connection_read_timeout");
    EXPECT_EQ(field_of(answer, "Retry-After"), "");
    EXPECT_FALSE(answer.close);
}

TEST(Problem, LeavesOutWhatIsNotKnown) {
    const Answer answer = problem(Failure{FailureKind::not_found}, {});
    EXPECT_EQ(
        body_of(answer),
        R"({"type":"urn:weft:not_found","title":"No such route","status":404,"code":"not_found"})"
    );
}

TEST(Problem, NamesTheCauseInProxyStatus) {
    struct Row {
        Failure failure;
        const char* proxy_status;
    };
    Failure answered{FailureKind::upstream_status};
    answered.with_upstream_status(418);
    for (const Row& row : {
             Row{Failure{FailureKind::bad_request}, "weft; error=http_request_error"},
             Row{Failure{FailureKind::overloaded}, "weft; error=proxy_internal_response"},
             Row{Failure{FailureKind::unavailable}, "weft; error=destination_unavailable"},
             Row{Failure{FailureKind::connection_refused}, "weft; error=connection_refused"},
             Row{Failure{FailureKind::json}, "weft; error=http_protocol_error; details=\"json\""},
             Row{Failure{FailureKind::internal}, "weft; error=proxy_internal_error"},
             Row{answered, "weft; received-status=418"},
         }) {
        EXPECT_EQ(field_of(problem(row.failure, {}), "Proxy-Status"), row.proxy_status);
    }
}

TEST(Problem, AsksToTryAgainLaterWith503) {
    const Answer answer =
        problem(Failure{FailureKind::overloaded}, {.retry_after = std::chrono::seconds{7}});
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(field_of(answer, "Retry-After"), "7");
}

TEST(Problem, BlamesTheClientForItsOwnValues) {
    for (const FailureKind kind :
         {FailureKind::missing_input,
          FailureKind::invalid_value,
          FailureKind::not_a_list,
          FailureKind::too_many_items}) {
        Failure failure{kind};
        EXPECT_EQ(problem_status(failure), 502);
        failure.blame(Fault::client);
        EXPECT_EQ(problem_status(failure), 400);
        EXPECT_EQ(field_of(problem(failure, {}), "Proxy-Status"), "weft; error=http_request_error");
    }
}

TEST(Problem, TakesTheStatusItIsGiven) {
    const Answer answer = problem(Failure{FailureKind::upstream_status}, {.status = 404});
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(nlohmann::json::parse(body_of(answer)).at("status"), 404);
}

TEST(Problem, TellsDetailsToTheClientOfItsOwnMistakesOnly) {
    const auto detail = [](FailureKind kind) {
        const auto body = body_of(problem(Failure{kind, "why"}, {}));
        return nlohmann::json::parse(body).value("detail", "");
    };
    EXPECT_EQ(detail(FailureKind::bad_request), "why");
    EXPECT_EQ(detail(FailureKind::internal), "");
    EXPECT_EQ(detail(FailureKind::protocol), "");
}

TEST(Problem, IsJsonWhateverItIsGiven) {
    const std::string hostile = std::string{"\"\\\n\x01\x1f/\x7f\xff\xc3 caf\xc3\xa9"} + '\0';
    const Answer answer =
        problem(Failure{FailureKind::bad_request, hostile}, {.instance = hostile});
    const auto document = nlohmann::json::parse(body_of(answer));
    EXPECT_EQ(
        document.at("detail"),
        std::string{"\"\\\n\x01\x1f/\x7f\xef\xbf\xbd\xef\xbf\xbd caf\xc3\xa9"} + '\0'
    );
    EXPECT_EQ(document.at("instance"), document.at("detail"));
}

TEST(Problem, CutsALongDetail) {
    const std::string text(255, 'a');
    const Answer answer = problem(Failure{FailureKind::bad_request, text + "\xc3\xa9tail"}, {});
    EXPECT_EQ(nlohmann::json::parse(body_of(answer)).at("detail"), text + "\xef\xbf\xbd");
}

TEST(Problem, EndsTheConnectionAfterABug) {
    const Answer answer = problem(Failure{FailureKind::internal}, {});
    EXPECT_EQ(answer.status, 500);
    EXPECT_TRUE(answer.close);
}

}  // namespace
}  // namespace weft
