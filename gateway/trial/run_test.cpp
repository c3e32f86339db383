#include "trial/run_test.hpp"

#include <utility>

#include "trial/test_client.hpp"

namespace weft {
namespace {

std::vector<Difference> answer_differences(const RouteTest& test, const TestAnswer& answer) {
    std::vector<Difference> all;
    // Another route's answer says nothing about this one. That none answers may be what is tested.
    if (!answer.route.empty() && answer.route != test.route) {
        const auto got = json_text_of(answer.route);
        all.push_back({MessagePart::route, {}, json_text_of(test.route), got});
    }
    if (answer.status != test.status) {
        const auto got = std::to_string(answer.status);
        all.push_back({MessagePart::status, {}, std::to_string(test.status), got});
    }
    for (auto& each : message_differences(test.expect, answer.fields, answer.body)) {
        all.push_back(std::move(each));
    }
    return all;
}

}  // namespace

TestOutcome run_test(
    const RouteTest& test, const HeadLimits& limits, const MakeHandler& make_handler
) {
    VirtualTime time;
    StubServices services{test.stubs};
    const auto handler = make_handler(time, services);
    const TestAnswer answer = ask_handler(*handler, test.request, limits, time);
    // Calls that were cancelled end, and let go of what they hold.
    time.settle();
    TestOutcome outcome;
    outcome.test = &test;
    outcome.status = answer.status;
    outcome.took = answer.took;
    outcome.bug = answer.bug;
    if (answer.broken_off) {
        outcome.bug = "the body broke off: " + std::string{traits(*answer.broken_off).code};
    }
    outcome.calls = services.differences();
    outcome.unstubbed = services.unstubbed();
    outcome.unused = services.unused();
    // An answer made without the answer of a service is not the one that is tested.
    if (outcome.bug.empty() && outcome.unstubbed.empty()) {
        outcome.differences = answer_differences(test, answer);
    }
    return outcome;
}

}  // namespace weft
