#include "trial/compile_stub.hpp"

#include <algorithm>
#include <string>

#include "trial/compile_message.hpp"

namespace weft {
namespace {

void take_call(const Written<std::string>& written, Stub& stub, Diagnostics& diagnostics) {
    const std::string_view text = written.value;
    const std::size_t space = std::min(text.find(' '), text.size());
    const auto method = parse_method(text.substr(0, space));
    const auto target = text.substr(std::min(space + 1, text.size()));
    if (const auto call = method ? CallName::of(*method, target) : std::nullopt) {
        stub.call = *call;
        return;
    }
    const std::string problem = method ? "has no path that can be sent" : "has no method";
    diagnostics.error(
        written.at,
        "the call " + in_quotes(text) + ' ' + problem +
            ": write METHOD /PATH, such as \"GET /orders/o-1?full=true\""
    );
}

StubFault compile_fault(const WrittenStub& written, Diagnostics& diagnostics) {
    if (!written.fault || written.fault->value.empty()) return StubFault::none;
    const Written<std::string>& fault = *written.fault;
    if (written.status || written.body || !written.headers.empty()) {
        diagnostics.error(
            fault.at,
            "with \"fault\" there is no answer: leave out \"status\", \"headers\", \"body\""
        );
    }
    if (fault.value == "refused") return StubFault::refused;
    if (fault.value == "reset") return StubFault::reset;
    diagnostics.error(
        fault.at,
        "\"fault\" is refused or reset, not " + in_quotes(fault.value) +
            did_you_mean(fault.value, {"refused", "reset"}) +
            "; for a timeout write a \"delay\" that is longer"
    );
    return StubFault::none;
}

}  // namespace

Stub compile_stub(const WrittenStub& written, Diagnostics& diagnostics) {
    Stub stub;
    stub.name = written.name.value;
    stub.at = written.name.at;
    take_call(written.name, stub, diagnostics);
    if (written.status) stub.status = static_cast<std::uint16_t>(written.status->value);
    stub.fields = compile_fields(written.headers, diagnostics);
    if (written.body) stub.body = compile_test_body(*written.body).text;
    if (written.body && (stub.status == 204 || stub.status == 304)) {
        diagnostics.error(
            written.body->at, "an answer with " + std::to_string(stub.status) + " has no body"
        );
    }
    stub.delay = written.delay;
    stub.fault = compile_fault(written, diagnostics);
    if (written.expect) stub.expect = compile_expectation(*written.expect, diagnostics);
    return stub;
}

}  // namespace weft
