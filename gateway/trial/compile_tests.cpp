#include "trial/compile_tests.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "http/target.hpp"
#include "plan/compile_route.hpp"
#include "plan/compile_upstream.hpp"
#include "trial/compile_message.hpp"
#include "trial/compile_stub.hpp"

namespace weft {
namespace {

class TestCompiler {
  public:
    TestCompiler(
        const WrittenRoute& route, const UpstreamNames& upstreams, Diagnostics& diagnostics
    )
        : route_{route}, upstreams_{upstreams}, diagnostics_{diagnostics} {}

    RouteTest compile(const WrittenTest& written);

  private:
    TestRequest request(const WrittenTestRequest& written);
    void add_stubs(const WrittenStubs& written, std::vector<Stub>& stubs);

    const WrittenRoute& route_;
    const UpstreamNames& upstreams_;
    Diagnostics& diagnostics_;
};

RouteTest TestCompiler::compile(const WrittenTest& written) {
    RouteTest test;
    test.route = route_.name.value;
    test.name = written.name.value;
    test.at = written.at;
    test.request = request(written.request);
    for (const WrittenStubs& stubs : written.stubs) add_stubs(stubs, test.stubs);
    test.status = static_cast<std::uint16_t>(written.expect.status.value);
    test.expect = compile_expectation(written.expect, diagnostics_);
    return test;
}

TestRequest TestCompiler::request(const WrittenTestRequest& written) {
    TestRequest request;
    request.method = compile_method(written.method.value_or(route_.method), diagnostics_);
    request.target = written.path.value;
    if (!request.target.empty() && !check_origin_form(request.target)) {
        diagnostics_.error(
            written.path.at,
            in_quotes(request.target) +
                " is no path that can be sent: it begins with \"/\", and what is not allowed in "
                "it is encoded, such as %20 for a space"
        );
    }
    request.fields = compile_fields(written.headers, diagnostics_);
    if (written.body) request.body = compile_test_body(*written.body).text;
    return request;
}

void TestCompiler::add_stubs(const WrittenStubs& written, std::vector<Stub>& stubs) {
    upstreams_.find(written.upstream, diagnostics_);
    for (const WrittenStub& call : written.calls) {
        Stub stub = compile_stub(call, diagnostics_);
        stub.upstream = written.upstream.value;
        const bool is_wrong = stub.call == CallName{};  // and reported
        const auto same = std::ranges::find_if(stubs, [&](const Stub& other) {
            return !is_wrong && other.upstream == stub.upstream && other.call == stub.call;
        });
        if (same != stubs.end()) {
            diagnostics_.error(
                stub.at, in_quotes(stub.name) + " is the same call as " + in_quotes(same->name)
            );
        }
        stubs.push_back(std::move(stub));
    }
}

}  // namespace

std::vector<RouteTest> compile_tests(const WrittenGateway& written, Diagnostics& diagnostics) {
    const UpstreamNames upstreams{written.upstreams};
    std::vector<RouteTest> tests;
    for (const WrittenRoute& route : written.routes) {
        const std::size_t first = tests.size();
        TestCompiler compiler{route, upstreams, diagnostics};
        for (const WrittenTest& test : route.tests) {
            const auto before = std::span{tests}.subspan(first);
            const bool has_name = !test.name.value.empty();  // else it is reported
            if (has_name && std::ranges::count(before, test.name.value, &RouteTest::name) > 0) {
                diagnostics.error(
                    test.name.at,
                    "route " + in_quotes(route.name.value) + " has another test " +
                        in_quotes(test.name.value)
                );
            }
            tests.push_back(compiler.compile(test));
        }
    }
    return tests;
}

}  // namespace weft
