// The `tests` of a route as written.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/yaml_value.hpp"

namespace weft {

struct WrittenTestRequest {
    std::optional<Written<std::string>> method;  // nothing: the route's
    Written<std::string> path;
    std::vector<NamedText> headers;
    std::optional<YamlValue> body;
};

struct WrittenExpectedHeader {
    Written<std::string> name;
    std::optional<Written<std::string>> value;  // nothing: it must not be there
};

// What a message must be like: the answer to the client, or (without a status) a call.
struct WrittenExpectation {
    Written<std::uint64_t> status{200, {}};
    std::vector<WrittenExpectedHeader> headers;
    std::optional<YamlValue> body;
    Written<std::string> body_match{"exact", {}};
};

// How one call is answered.
struct WrittenStub {
    Written<std::string> name;  // the call: `GET /orders/o-1`
    std::optional<Written<std::uint64_t>> status;
    std::vector<NamedText> headers;
    std::optional<YamlValue> body;
    std::chrono::milliseconds delay{0};
    std::optional<Written<std::string>> fault;
    std::optional<WrittenExpectation> expect;
};

struct WrittenStubs {
    Written<std::string> upstream;
    std::vector<WrittenStub> calls;
};

struct WrittenTest {
    Written<std::string> name;
    WrittenTestRequest request;
    std::vector<WrittenStubs> stubs;
    WrittenExpectation expect;
    Position at;
};

}  // namespace weft
