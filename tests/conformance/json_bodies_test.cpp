// The parsing cases of nst/JSONTestSuite, where they are at hand, as bodies that a service sends to
// a composition.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "conformance/odd_service.hpp"
#include "conformance/raw_bytes.hpp"
#include "integration/harness/ask.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/scripted_service.hpp"
#include "places.hpp"

namespace weft::conformance {
namespace {

std::filesystem::path suite_file() {
    const char* const folder = std::getenv("WEFT_CASES");
    if (folder != nullptr) return std::filesystem::path{folder} / "json.json";
    return std::filesystem::path{source_tree()} / "../shared/cases/json.json";
}

// A value is what lies between the spaces around it.
std::string without_spaces_around(const std::string& text) {
    constexpr const char* spaces = " \t\r\n";
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

TEST(JsonBodies, AreAcceptedAndRefusedAsJsonTestSuiteSays) {
    std::ifstream file{suite_file()};
    if (!file) {
        GTEST_SKIP() << "JSONTestSuite is not at " << suite_file()
                     << "; set WEFT_CASES to the folder that holds json.json";
    }
    OddService service;
    Gateway gateway{GatewayText{.upstreams = {{"things", service.port(), "60s"}}, .routes = R"(
case: { path: /case, timeout: 60s, steps: { thing: { upstream: things, path: /case } }, response: { body: { thing: "${thing}" } } }
)"}};
    auto client = Connection::to(gateway.port());
    int accepted = 0;
    int refused = 0;
    for (const auto& one : nlohmann::json::parse(file)) {
        const auto name = one.at("name").get<std::string>();
        const auto want = one.at("want").get<std::string>();
        const auto body = from_base64(one.at("b64").get<std::string>());
        service.play({json_answer(body), Then::open});
        const auto answer = ask_on(client, {.target = "/case"});
        ++(answer.status() == 200 ? accepted : refused);
        if (answer.status() == 200) {
            EXPECT_NE(want, "refuse") << name;
            EXPECT_EQ(answer.body, "{\"thing\":" + without_spaces_around(body) + "}") << name;
        } else {
            EXPECT_NE(want, "accept") << name;
            EXPECT_EQ(answer.status(), 502) << name;
            EXPECT_EQ(
                answer.field("proxy-status"), "weft; error=http_protocol_error; details=\"json\""
            ) << name;
        }
    }
    std::cout << accepted << " bodies accepted, " << refused << " refused\n";
    EXPECT_EQ(service.connection_of_case(), 1U) << "the framing was always good";
}

}  // namespace
}  // namespace weft::conformance
