#include "unit/compose/step_table.hpp"

#include <gtest/gtest.h>

#include "unit/compose/written_route.hpp"

namespace weft::test {
namespace {

std::string query_of(const std::string& first, const std::string& more) {
    if (first.empty() && more.empty()) return "";
    const std::string comma = first.empty() || more.empty() ? "" : ", ";
    return ", query: { " + first + comma + more + " }";
}

std::string calls_of(const Setting& setting) {
    const std::string list = setting.fed == Fed::by_step ? "feeder.ids" : "request.query.ids";
    const std::string value = setting.fed == Fed::by_step ? "feeder.id" : "request.path.id";
    const std::string query = query_of("", setting.query);
    if (setting.form == Form::plain && setting.fed == Fed::by_nothing)
        return ", path: /s/7" + query;
    if (setting.form == Form::plain) return ", path: \"/s/${" + value + "}\"" + query;
    const std::string loop = ", for_each: \"${" + list + "}\", path: \"/s/${item}\"" + query;
    if (setting.form == Form::for_each) return loop;
    return loop + ", batch: { path: /s, match: id" +
           query_of("ids: \"${join(items, ',')}\"", setting.query) + " }";
}

std::string route_of(const Setting& setting) {
    return "r:\n  path: /r/{id}\n  steps:\n    feeder: { upstream: orders, path: /f" +
           setting.feeder + " }\n    s: { upstream: users" + calls_of(setting) +
           (setting.need == Need::optional ? ", required: false" : "") + setting.keys +
           " }\n  response: { status: 201, body: { s: \"${s}\", feeder: \"${feeder}\" } }\n";
}

ClientRequest request_of(const Setting& setting) {
    return {.path = {{"id", "7"}}, .query = setting.form == Form::batch ? "ids=7&ids=8" : "ids=7"};
}

}  // namespace

std::vector<Setting> all_settings(const std::string& keys) {
    std::vector<Setting> settings;
    for (const Fed fed : {Fed::by_request, Fed::by_step, Fed::by_nothing}) {
        for (const Form form : {Form::plain, Form::for_each, Form::batch}) {
            if (fed == Fed::by_nothing && form != Form::plain) continue;
            for (const Need need : {Need::required, Need::optional}) {
                settings.push_back({.fed = fed, .form = form, .need = need, .keys = keys});
            }
        }
    }
    return settings;
}

Table::Table(const Setting& setting, Feeder feeder)
    : setting_{setting}, bench_{compile_routes(route_of(setting)), request_of(setting)} {
    bench_.start();
    if (feeder == Feeder::feeds) feed();
}

void Table::feed() {
    bench_.source.answer(
        "/f", setting_.form == Form::batch ? R"({"id":7,"ids":[7,8]})" : R"({"id":7,"ids":[7]})"
    );
}

std::string Table::target() const { return setting_.form == Form::batch ? "/s?ids=7%2C8" : "/s/7"; }

void Table::answer(int status, const std::string& body) {
    bench_.source.answer(target(), static_cast<std::uint16_t>(status), body);
}

void Table::succeed() {
    answer(200, setting_.form == Form::batch ? R"([{"id":8},{"id":7}])" : R"({"id":7})");
}

void Table::end(Result<StepResult> result) { bench_.source.end(target(), std::move(result)); }

std::string Table::name() const {
    constexpr const char* feds[]{"the request", "a step", "nothing"};
    constexpr const char* forms[]{", plain", ", for_each", ", batch"};
    return std::string{feds[static_cast<int>(setting_.fed)]} +
           forms[static_cast<int>(setting_.form)] +
           (setting_.need == Need::required ? ", required" : ", optional") + setting_.keys;
}

std::string Table::entries(int status, const std::string& code, int upstream_status) const {
    std::string text;
    for (std::size_t i = 0; i < results(); ++i) {
        const std::string place = setting_.form == Form::plain ? "" : "/" + std::to_string(i);
        text += (i == 0 ? "[" : ",") + std::string{R"({"path":"/s)"} + place + R"(","code":")" +
                code + R"(","status":)" + std::to_string(status);
        if (upstream_status != 0) {
            text += ",\"upstream_status\":" + std::to_string(upstream_status);
        }
        text += "}";
    }
    return text + "]";
}

void Table::expect_failure(int status, const std::string& code, int upstream_status) {
    SCOPED_TRACE(name());
    ASSERT_TRUE(bench_.answered());
    if (setting_.need == Need::required) {
        EXPECT_EQ(bench_.status(), status);
        EXPECT_EQ(bench_.member("/code"), "\"" + code + "\"");
        EXPECT_EQ(bench_.member("/step"), "\"s\"");
        EXPECT_EQ(bench_.field("Content-Type"), "application/problem+json");
        return;
    }
    expect_value("null");
    EXPECT_EQ(bench_.member("/errors"), entries(status, code, upstream_status));
    EXPECT_EQ(bench_.field("Weft-Complete"), "false");
    EXPECT_EQ(bench_.field("Cache-Control"), "no-store");
    EXPECT_FALSE(bench_.record.complete);
}

void Table::expect_success() {
    SCOPED_TRACE(name());
    ASSERT_TRUE(bench_.answered());
    EXPECT_EQ(bench_.status(), 201);
    const bool is_batch = setting_.form == Form::batch;
    const bool is_plain = setting_.form == Form::plain;
    const std::string list = is_batch ? R"([{"id":7},{"id":8}])" : R"([{"id":7}])";
    EXPECT_EQ(bench_.member("/s"), is_plain ? R"({"id":7})" : list);
    EXPECT_EQ(bench_.member("/errors"), "absent");
    EXPECT_EQ(bench_.field("Weft-Complete"), "");
    EXPECT_EQ(bench_.field("Cache-Control"), "");
    EXPECT_TRUE(bench_.record.complete);
}

void Table::expect_value(const std::string& of_one) {
    SCOPED_TRACE(name());
    ASSERT_TRUE(bench_.answered());
    EXPECT_EQ(bench_.status(), 201);
    std::string list = "[" + of_one;
    for (std::size_t i = 1; i < results(); ++i) list += "," + of_one;
    EXPECT_EQ(bench_.member("/s"), setting_.form == Form::plain ? of_one : list + "]");
}

}  // namespace weft::test
