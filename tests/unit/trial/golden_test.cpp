// Each file in golden/ is a case: the `tests` of a route, and the diagnostics and compiled tests
// that must come of it.
#include "unit/golden.hpp"

#include <gtest/gtest.h>

#include <array>
#include <sstream>
#include <string>
#include <vector>

#include "trial/compile_tests.hpp"
#include "unit/config/loading.hpp"

namespace weft {
namespace {

constexpr const char* gateway = R"(version: 1
routes: r.yaml
upstreams:
  orders: { url: "http://127.0.0.1:9001" }
  users: { url: "http://127.0.0.1:9002" }
)";
constexpr const char* route = R"(r:
  method: POST
  path: /r/{id}
  proxy: { upstream: orders, path: /r }
  tests:
)";

void print(std::ostream& out, const std::vector<OwnedField>& fields, const std::string& body) {
    for (const OwnedField& field : fields)
        out << "    " << field.name() << ": " << field.value() << '\n';
    if (!body.empty()) out << "    " << body << '\n';
}

void print(std::ostream& out, const ExpectedMessage& expected) {
    for (const ExpectedHeader& header : expected.headers) {
        out << "    expect " << header.name << ": " << header.value.value_or("-") << '\n';
    }
    if (!expected.body) return;
    out << "    expect " << (expected.body->is_json ? "json " : "text ") << expected.body->text
        << (expected.match == BodyMatch::contains ? " and more" : "") << '\n';
}

void print(std::ostream& out, const Stub& stub) {
    constexpr std::array faults{"", " refused", " reset"};
    out << "  " << stub.upstream << ' ' << stub.name << " -> " << stub.status << " after "
        << stub.delay.count() << " ms" << faults[static_cast<std::size_t>(stub.fault)] << '\n';
    print(out, stub.fields, stub.body);
    print(out, stub.expect);
}

std::string printed(const RouteTest& test) {
    std::ostringstream out;
    out << test.route << ": " << test.name << " at " << test.at.line << ':' << test.at.column
        << '\n';
    out << "  " << to_string(test.request.method) << ' ' << test.request.target << '\n';
    print(out, test.request.fields, test.request.body);
    for (const Stub& stub : test.stubs) print(out, stub);
    out << "  -> " << test.status << '\n';
    print(out, test.expect);
    return std::move(out).str();
}

std::string outcome_of(const std::string& tests) {
    const testing::ConfigFolder folder;
    folder.write("gateway.yaml", gateway);
    folder.write("r.yaml", route + tests);
    const auto variable = [](const std::string& name) -> std::optional<std::string> {
        if (name == "USER") return "${u}";
        return std::nullopt;
    };
    Diagnostics diagnostics;
    const WrittenGateway written = load(folder.path() / "gateway.yaml", variable, diagnostics);
    const auto compiled = compile_tests(written, diagnostics);
    std::string text;
    for (const Diagnostic& each : diagnostics.sorted()) {
        text += diagnostics.to_string(each).substr(folder.path().string().size() + 1) + '\n';
    }
    if (diagnostics.has_errors()) return text;
    for (const RouteTest& test : compiled) text += printed(test);
    return text;
}

TEST(TrialGolden, CompilesToWhatTheFileSays) {
    test::expect_goldens(
        "tests/unit/trial/golden",
        [](const std::string& tests, const std::string&) { return outcome_of(tests); }
    );
}

}  // namespace
}  // namespace weft
