// The table "What the client gets" of ROUTES.md, row by row: for a required and for an optional
// step, plain, with for_each and with batch, fed by the request, by another step and by nothing.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/compose/step_table.hpp"

namespace weft::test {
namespace {

void expect_of_status(const Setting& setting, int answered, int status) {
    Table table{setting};
    table.answer(answered, "{}");
    SCOPED_TRACE(answered);
    table.expect_failure(status, "upstream_status", answered);
}

TEST(ClientGets, TheStatusOfTheResponseIfAllStepsSucceeded) {
    for (const Setting& setting : all_settings()) {
        Table table{setting};
        table.succeed();
        table.expect_success();
    }
}

TEST(ClientGets, TheServicesStatusIfOnlyTheRequestFeedsTheStepAndTheClientCanActOnIt) {
    for (const int status : {400, 404, 409, 410, 412, 413, 415, 422, 451}) {
        for (const Setting& setting : all_settings()) {
            expect_of_status(setting, status, setting.fed == Fed::by_request ? status : 502);
        }
    }
}

TEST(ClientGets, TheVerdictOnCredentialsOnlyIfTheyAreOpenedToTheStep) {
    struct Row {
        int answered;
        int closed;
    };
    for (const Row row : {Row{401, 502}, Row{403, 502}, Row{429, 503}}) {
        for (const char* keys :
             {"", ", forward: [X-Tenant]", ", forward: [Authorization]", ", forward: [cookie]"}) {
            const std::string opened{keys};
            const bool opens = opened.find("ookie") != std::string::npos ||
                               opened.find("Auth") != std::string::npos;
            for (const Setting& setting : all_settings(opened)) {
                const int of_request = opens ? row.answered : row.closed;
                expect_of_status(
                    setting, row.answered, setting.fed == Fed::by_request ? of_request : 502
                );
            }
        }
    }
}

TEST(ClientGets, TheChallengeWithTheVerdict) {
    for (const char* keys : {"", ", forward: [Authorization]", ", on_status: { 401: 401 }"}) {
        Table table{{.keys = keys}};
        StepResult refused;
        refused.status = 401;
        refused.fields.emplace_back("WWW-Authenticate", "Bearer");
        table.end(std::move(refused));
        const bool opens = std::string{keys}.find("Auth") != std::string::npos;
        EXPECT_EQ(table.bench().field("WWW-Authenticate"), opens ? "Bearer" : "") << keys;
    }
}

TEST(ClientGets, BadGatewayForAnyOtherStatus) {
    for (const int status : {300, 304, 402, 405, 408, 418, 431, 500, 502, 503, 504, 599}) {
        for (const Setting& setting : all_settings()) expect_of_status(setting, status, 502);
    }
}

TEST(ClientGets, WhatOnStatusSaysBeforeTheTableAndForACodeBeforeItsClass) {
    const std::string keys = ", on_status: { 5xx: 503, 404: 410, 500: 504, 418: 422, 302: 409 }";
    for (const Setting& setting : all_settings(keys)) {
        expect_of_status(setting, 404, 410);
        expect_of_status(setting, 418, 422);
        expect_of_status(setting, 500, 504);
        expect_of_status(setting, 502, 503);
        expect_of_status(setting, 302, 409);
        expect_of_status(setting, 301, 502);
    }
}

TEST(ClientGets, ForAFailedCallTheStatusOfItsKind) {
    struct Row {
        FailureKind kind;
        int status;
        const char* code;
    };
    for (const Row& row :
         {Row{FailureKind::connection_refused, 502, "upstream_refused"},
          Row{FailureKind::connection_closed, 502, "upstream_closed"},
          Row{FailureKind::protocol, 502, "upstream_protocol"},
          Row{FailureKind::response_body_too_large, 502, "upstream_too_large"},
          Row{FailureKind::read_timeout, 504, "upstream_timeout"},
          Row{FailureKind::deadline, 504, "deadline"},
          Row{FailureKind::unavailable, 503, "upstream_unavailable"},
          Row{FailureKind::connection_limit, 503, "upstream_unavailable"}}) {
        for (const Setting& setting : all_settings()) {
            Table table{setting};
            table.end(Failure{row.kind});
            table.expect_failure(row.status, row.code);
            const bool retry = row.status == 503 && setting.need == Need::required;
            EXPECT_EQ(table.bench().field("Retry-After"), retry ? "1" : "") << row.code;
        }
    }
}

TEST(ClientGets, BadGatewayForABodyThatIsNotTheJsonThatIsNeeded) {
    for (const char* body : {"{", "{}x", "\"\xff\"", "nul"}) {
        for (const Setting& setting : all_settings()) {
            Table table{setting};
            table.answer(200, body);
            table.expect_failure(502, "upstream_json");
        }
    }
}

TEST(ClientGets, GatewayTimeoutAtTheRoutesDeadlineOnlyIfARequiredStepIsMissing) {
    for (const Setting& setting : all_settings()) {
        Table table{setting};
        table.bench().composition().expire();
        table.expect_failure(504, "deadline");
    }
}

TEST(ClientGets, NothingIfItIsGone) {
    for (const Setting& setting : all_settings()) {
        Table table{setting};
        table.bench().composition().cancel();
        EXPECT_FALSE(table.bench().answered());
        EXPECT_EQ(table.bench().source.running(), 0U);
    }
}

}  // namespace
}  // namespace weft::test
