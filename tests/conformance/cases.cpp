#include "conformance/cases.hpp"

#include <nlohmann/json.hpp>
#include <ostream>
#include <stdexcept>
#include <utility>

#include "conformance/raw_bytes.hpp"

namespace weft::conformance {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
std::optional<T> optional_member(const Json& object, const char* name) {
    const auto& value = object.at(name);
    if (value.is_null()) return std::nullopt;
    return value.get<T>();
}

Case read_outcome(const Json& object) {
    Case read;
    read.answers = object.at("answers").get<std::vector<std::vector<int>>>();
    read.closes = optional_member<bool>(object, "closes");
    read.upstream = optional_member<int>(object, "upstream");
    read.waits = object.value("waits", false);
    return read;
}

Rule read_rule(const Json& object) {
    Rule rule;
    rule.sent = object.at("sent").get<std::string>();
    rule.why = object.at("why").get<std::string>();
    rule.clause = object.at("clause").get<std::string>();
    for (const auto& [id, bytes] : object.at("cases").items()) {
        Case read = read_outcome(object);
        read.id = id;
        read.bytes = read_bytes(bytes);
        read.why = rule.sent + " (" + rule.clause + ")";
        rule.cases.push_back(std::move(read));
    }
    if (rule.cases.empty()) throw std::runtime_error{"a rule without a case: " + rule.sent};
    return rule;
}

}  // namespace

void PrintTo(const Case& one, std::ostream* out) { *out << one.id << ": " << one.why; }

std::vector<Topic> load_topics() {
    std::vector<Topic> topics;
    for (const auto& object : read_file("more.json")) {
        topics.push_back({object.at("topic").get<std::string>(), {}});
        for (const auto& rule : object.at("rules")) topics.back().rules.push_back(read_rule(rule));
    }
    return topics;
}

std::vector<Case> load_cases() {
    std::vector<Case> cases;
    for (const auto& object : read_file("http1.json")) {
        cases.push_back(read_outcome(object));
        cases.back().id = object.at("id").get<std::string>();
        cases.back().bytes = from_base64(object.at("b64").get<std::string>());
        cases.back().why = object.at("why").get<std::string>();
    }
    for (const auto& topic : load_topics()) {
        for (const auto& rule : topic.rules) {
            cases.insert(cases.end(), rule.cases.begin(), rule.cases.end());
        }
    }
    return cases;
}

}  // namespace weft::conformance
