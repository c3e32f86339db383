// The rows of "What the client gets" in ROUTES.md that are about the values a step is fed with: the
// client's fault if the request gave them, else the services'.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/compose/bench.hpp"
#include "unit/compose/written_route.hpp"

namespace weft::test {
namespace {

enum class Fed : std::uint8_t { by_request, by_step };
enum class Form : std::uint8_t { plain, for_each };
enum class Need : std::uint8_t { required, optional };

// What is wrong with the values a step is fed with: `request` and `feeder` give one of them.
struct InputRow {
    const char* keys;  // of the step
    const char* code;
    Form form = Form::plain;
    bool whole_list = false;
};

void expect_of_input(const InputRow& row, Fed fed, Need need) {
    const std::string root = fed == Fed::by_request ? "request.body" : "feeder";
    std::string keys{row.keys};
    for (auto at = keys.find('@'); at != std::string::npos; at = keys.find('@')) {
        keys.replace(at, 1, root);
    }
    const std::string values = R"({"no":null,"up":"..","object":{},"four":[1,2,3,4],"bad":[".."]})";
    Bench bench{
        compile_routes(
            "r:\n  path: /r\n  method: POST\n  steps:\n    feeder: { upstream: orders, path: /f }\n"
            "    s: { upstream: users, " +
            keys + (need == Need::optional ? ", required: false" : "") +
            " }\n  response: { body: { s: \"${s}\", feeder: \"${feeder}\" } }\n"
        ),
        {.body = values}};
    bench.start();
    // The request's values are looked at before anything is called.
    if (!bench.answered()) bench.source.answer("/f", values);
    SCOPED_TRACE(
        std::string{row.keys} + (fed == Fed::by_request ? " of the request" : " of a step")
    );
    ASSERT_TRUE(bench.answered());
    const int status = fed == Fed::by_request ? 400 : 502;
    if (need == Need::required) {
        EXPECT_EQ(bench.status(), status);
        EXPECT_EQ(bench.member("/code"), "\"" + std::string{row.code} + "\"");
        return;
    }
    EXPECT_EQ(bench.status(), 200);
    const bool in_list = row.form == Form::for_each && !row.whole_list;
    EXPECT_EQ(bench.member("/s"), in_list ? "[null]" : "null");
    EXPECT_EQ(
        bench.member("/errors"),
        R"([{"path":"/s)" + std::string{in_list ? "/0" : ""} + R"(","code":")" + row.code +
            R"(","status":)" + std::to_string(status) + "}]"
    );
    EXPECT_EQ(bench.field("Weft-Complete"), "false");
}

TEST(ClientGets, ABadValueIsItsOwnFaultOnlyIfTheRequestGaveIt) {
    for (const InputRow& row :
         {InputRow{"path: \"/s/${@.no}\"", "missing_input"},
          InputRow{"path: \"/s/${@.none}\"", "missing_input"},
          InputRow{"path: /s, query: { q: \"${@.none}\" }", "missing_input"},
          InputRow{"path: /s, headers: { X-A: \"${@.none}\" }", "missing_input"},
          InputRow{"path: /s, method: POST, body: { a: \"${@.none}\" }", "missing_input"},
          InputRow{"path: /s, method: POST, body: { a: [\"${@.no}\"] }", "missing_input"},
          InputRow{"path: /s, method: POST, body: \"${@.none}\"", "missing_input"},
          InputRow{"path: /s, method: POST, body: { a: \"a ${@.object}\" }", "invalid_value"},
          InputRow{"path: \"/s/${@.up}\"", "invalid_value"},
          InputRow{"path: \"/s/${@.object}\"", "invalid_value"},
          InputRow{"path: \"/s/${item}\", for_each: \"${@.bad}\"", "invalid_value", Form::for_each},
          InputRow{
              "path: \"/s/${item}\", for_each: \"${@.up}\"", "not_a_list", Form::for_each, true},
          InputRow{
              "path: \"/s/${item}\", for_each: \"${@.none}\"",
              "missing_input",
              Form::for_each,
              true},
          InputRow{
              "path: \"/s/${item}\", for_each: \"${@.four}\", max_items: 3",
              "too_many_items",
              Form::for_each,
              true}}) {
        for (const Fed fed : {Fed::by_request, Fed::by_step}) {
            for (const Need need : {Need::required, Need::optional})
                expect_of_input(row, fed, need);
        }
    }
}

}  // namespace
}  // namespace weft::test
