// The raw HTTP/1.1 cases: the bytes a client sends, and what may come of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace weft::conformance {

struct Case {
    std::string id;
    std::string bytes;
    std::vector<std::vector<int>> answers;  // the allowed lists of final statuses on the connection
    std::optional<bool> closes;   // whether the connection is closed afterwards; nothing: either
    std::optional<int> upstream;  // requests that reach the service; nothing: any number
    bool waits = false;           // no answer before a timer has run out
    std::string why;
};

// What tests print of a case.
void PrintTo(const Case& one, std::ostream* out);

// One way to be wrong, or right, and the clause that says so, as more.json has it; docs/http.md is
// made from these.
struct Rule {
    std::string sent;
    std::string why;
    std::string clause;
    std::vector<Case> cases;  // at least one; all have the same outcome
};

struct Topic {
    std::string name;
    std::vector<Rule> rules;
};

// In the files' order. Throws if a file is not there or not as described.
std::vector<Topic> load_topics();
// Of http1.json, then of more.json.
std::vector<Case> load_cases();

}  // namespace weft::conformance
