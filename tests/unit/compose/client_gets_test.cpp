// The table "What the client gets" of ROUTES.md, row by row: for a required and for an optional
// step, plain and with for_each, fed by the request, by another step and by nothing.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/compose/bench.hpp"
#include "unit/compose/written_route.hpp"

namespace weft::test {
namespace {

enum class Fed : std::uint8_t { by_request, by_step, by_nothing };
enum class Form : std::uint8_t { plain, for_each };
enum class Need : std::uint8_t { required, optional };

struct Setting {
    Fed fed = Fed::by_request;
    Form form = Form::plain;
    Need need = Need::required;
    std::string keys = {};  // of the step, besides
};

std::string called(Fed fed) {
    return fed == Fed::by_request ? "the request" : fed == Fed::by_step ? "a step" : "nothing";
}

std::vector<Setting> all_settings(const std::string& keys = "") {
    std::vector<Setting> settings;
    for (const Fed fed : {Fed::by_request, Fed::by_step, Fed::by_nothing}) {
        for (const Form form : {Form::plain, Form::for_each}) {
            // A list comes from somewhere.
            if (fed == Fed::by_nothing && form == Form::for_each) continue;
            for (const Need need : {Need::required, Need::optional}) {
                settings.push_back({fed, form, need, keys});
            }
        }
    }
    return settings;
}

std::string step_of(const Setting& setting) {
    const std::string value = setting.fed == Fed::by_step ? "feeder.id" : "request.path.id";
    const std::string list = setting.fed == Fed::by_step ? "feeder.ids" : "request.query.ids";
    std::string step = "{ upstream: users";
    if (setting.form == Form::for_each)
        step += ", for_each: \"${" + list + "}\", path: \"/s/${item}\"";
    if (setting.form == Form::plain && setting.fed != Fed::by_nothing) {
        step += ", path: \"/s/${" + value + "}\"";
    }
    if (setting.fed == Fed::by_nothing) step += ", path: /s/7";
    if (setting.need == Need::optional) step += ", required: false";
    return step + setting.keys + " }";
}

// The step `s`, which asks for /s/7 when it is its turn.
class Table {
  public:
    explicit Table(const Setting& setting)
        : setting_{setting},
          bench_{
              compile_routes(
                  "r:\n  path: /r/{id}\n  steps:\n    feeder: { upstream: orders, path: /f }\n    "
                  "s: " +
                  step_of(setting) +
                  "\n  response: { status: 201, body: { s: \"${s}\", feeder: \"${feeder}\" } }\n"
              ),
              {.path = {{"id", "7"}}, .query = "ids=7"}} {
        bench_.start();
        bench_.source.answer("/f", R"({"id":7,"ids":[7]})");
    }

    Bench& bench() { return bench_; }
    std::string call() const {
        return called(setting_.fed) + (setting_.form == Form::plain ? ", plain" : ", for_each") +
               (setting_.need == Need::required ? ", required" : ", optional");
    }

    // The step failed: what the client gets of it.
    void expect_failure(int status, const std::string& code, int upstream_status = 0) {
        SCOPED_TRACE(call());
        ASSERT_TRUE(bench_.answered());
        if (setting_.need == Need::required) {
            EXPECT_EQ(bench_.status(), status);
            EXPECT_EQ(bench_.member("/code"), "\"" + code + "\"");
            EXPECT_EQ(bench_.member("/step"), "\"s\"");
            EXPECT_EQ(bench_.field("Content-Type"), "application/problem+json");
            return;
        }
        EXPECT_EQ(bench_.status(), 201);
        const bool in_list = setting_.form == Form::for_each && !list_failed_;
        EXPECT_EQ(bench_.member("/s"), in_list ? "[null]" : "null");
        std::string entry = std::string{R"([{"path":"/s)"} + (in_list ? "/0" : "") +
                            R"(","code":")" + code + R"(","status":)" + std::to_string(status);
        if (upstream_status != 0)
            entry += ",\"upstream_status\":" + std::to_string(upstream_status);
        EXPECT_EQ(bench_.member("/errors"), entry + "}]");
        EXPECT_EQ(bench_.field("Weft-Complete"), "false");
        EXPECT_EQ(bench_.field("Cache-Control"), "no-store");
        EXPECT_FALSE(bench_.record.complete);
    }
    Table& of_the_whole_list() {
        list_failed_ = true;
        return *this;
    }

    void expect_success(const std::string& value) {
        SCOPED_TRACE(call());
        ASSERT_TRUE(bench_.answered());
        EXPECT_EQ(bench_.status(), 201);
        EXPECT_EQ(bench_.member("/s"), setting_.form == Form::for_each ? "[" + value + "]" : value);
        EXPECT_EQ(bench_.member("/errors"), "absent");
        EXPECT_EQ(bench_.field("Weft-Complete"), "");
        EXPECT_EQ(bench_.field("Cache-Control"), "");
        EXPECT_TRUE(bench_.record.complete);
    }

  private:
    Setting setting_;
    Bench bench_;
    bool list_failed_ = false;
};

void expect_of_status(const Setting& setting, int answered, int status) {
    Table table{setting};
    table.bench().source.answer("/s/7", static_cast<std::uint16_t>(answered), "{}");
    SCOPED_TRACE(answered);
    table.expect_failure(status, "upstream_status", answered);
}

TEST(ClientGets, TheStatusOfTheResponseIfAllStepsSucceeded) {
    for (const Setting& setting : all_settings()) {
        Table table{setting};
        table.bench().source.answer("/s/7", "{}");
        table.expect_success("{}");
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
        table.bench().source.end("/s/7", std::move(refused));
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
            table.bench().source.end("/s/7", Failure{row.kind});
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
            table.bench().source.answer("/s/7", body);
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
