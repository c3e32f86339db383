// What a service may do to a request, and what the gateway makes of it: the table of answers.json.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace weft::conformance {

// What the service does behind the bytes of its answer.
enum class Then : std::uint8_t {
    open,     // waits for the next request
    close,    // closes the connection
    reset,    // resets it
    silence,  // nothing more, in the middle of something
};

// What becomes of the connection to the service.
enum class Fate : std::uint8_t {
    kept,
    dropped,
    cut,  // dropped, and the client's too where a part of the answer has already gone to it
};

struct Made {
    int status = 0;
    std::string proxy_status;  // as the field's value; empty: no such field
    Fate fate = Fate::kept;
};

struct AnswerCase {
    std::string id;
    std::string bytes;
};

struct AnswerRule {
    std::string sent;
    std::string why;
    Then then = Then::open;
    Made composed;
    Made proxied;
    std::vector<AnswerCase> cases;
};

// In the file's order. Throws if the file is not there or not as described.
std::vector<AnswerRule> load_answer_rules();

}  // namespace weft::conformance
