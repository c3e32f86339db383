#include "conformance/answers.hpp"

#include <map>
#include <nlohmann/json.hpp>

#include "conformance/raw_bytes.hpp"

namespace weft::conformance {
namespace {

using Json = nlohmann::ordered_json;

Then read_then(const std::string& word) {
    const std::map<std::string, Then> words{
        {"open", Then::open},
        {"close", Then::close},
        {"reset", Then::reset},
        {"silence", Then::silence}};
    return words.at(word);
}

Made read_made(const Json& list) {
    const std::map<std::string, Fate> words{
        {"kept", Fate::kept}, {"dropped", Fate::dropped}, {"cut", Fate::cut}};
    return {list.at(0).get<int>(), list.at(1).get<std::string>(), words.at(list.at(2))};
}

}  // namespace

std::vector<AnswerRule> load_answer_rules() {
    std::vector<AnswerRule> rules;
    for (const auto& object : read_file("answers.json")) {
        AnswerRule rule;
        rule.sent = object.at("sent").get<std::string>();
        rule.why = object.at("why").get<std::string>();
        rule.then = read_then(object.at("then"));
        rule.composed = read_made(object.at("composed"));
        rule.proxied = read_made(object.at("proxied"));
        for (const auto& [id, bytes] : object.at("cases").items()) {
            rule.cases.push_back({id, read_bytes(bytes)});
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

}  // namespace weft::conformance
