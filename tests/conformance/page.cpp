#include "conformance/page.hpp"

#include <stdexcept>

namespace weft::conformance {
namespace {

std::string cell(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '|') escaped += '\\';
        escaped += c;
    }
    return " " + escaped + " |";
}

std::string sequence(const std::vector<int>& statuses) {
    std::string text;
    for (const int status : statuses) {
        if (!text.empty()) text += ", then ";
        text += std::to_string(status);
    }
    return text;
}

// "400, closed"
std::string outcome(const Case& one) {
    std::string text;
    for (const auto& statuses : one.answers) {
        if (!text.empty()) text += " or ";
        text += sequence(statuses);
    }
    return one.closes == true ? text + ", closed" : text;
}

// "502 http_protocol_error, dropped"
std::string outcome(const Made& made) {
    static const std::string prefix = "weft; ";
    std::string text = std::to_string(made.status);
    if (!made.proxy_status.empty()) text += " `" + made.proxy_status.substr(prefix.size()) + "`";
    switch (made.fate) {
        case Fate::kept:
            return text;
        case Fate::dropped:
            return text + ", dropped";
        case Fate::cut:
            return text + " or cut, dropped";
    }
    return text;
}

}  // namespace

std::string rules_table(const std::vector<AnswerRule>& rules) {
    std::string table =
        "| what the service does | composed | passed through | why | cases "
        "|\n|---|---|---|---|---|\n";
    for (const AnswerRule& rule : rules) {
        table += "|" + cell(rule.sent) + cell(outcome(rule.composed)) +
                 cell(outcome(rule.proxied)) + cell(rule.why) +
                 cell(std::to_string(rule.cases.size())) + "\n";
    }
    return table;
}

std::string rules_table(const Topic& topic) {
    std::string table = "| what is sent | answer | why | clause | cases |\n|---|---|---|---|---|\n";
    for (const Rule& rule : topic.rules) {
        table += "|" + cell(rule.sent) + cell(outcome(rule.cases.front())) + cell(rule.why) +
                 cell(rule.clause) + cell(std::to_string(rule.cases.size())) + "\n";
    }
    return table;
}

std::string with_table(std::string page, const std::string& name, const std::string& table) {
    const std::string begin = "<!-- table: " + name + " -->\n";
    const std::size_t at = page.find(begin);
    if (at == std::string::npos) throw std::runtime_error{"the page has no table of " + name};
    const std::size_t first = at + begin.size();
    const std::size_t end = page.find("<!-- end -->", first);
    if (end == std::string::npos) throw std::runtime_error{"the table has no end: " + name};
    return page.replace(first, end - first, '\n' + table + '\n');
}

}  // namespace weft::conformance
