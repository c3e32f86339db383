// A test of a route, compiled: every name resolved, every text checked, every mistake found.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/diagnostics.hpp"
#include "http/fields.hpp"
#include "http/message.hpp"
#include "trial/call_name.hpp"

namespace weft {

struct TestBody {
    bool is_json = false;
    std::string text;
};

struct ExpectedHeader {
    std::string name;
    std::optional<std::string> value;  // nothing: it must not be there
};

enum class BodyMatch : std::uint8_t {
    exact,
    contains,  // objects may have members that are not expected
};

// What a message must be like, beyond its status.
struct ExpectedMessage {
    std::vector<ExpectedHeader> headers;
    std::optional<TestBody> body;
    BodyMatch match = BodyMatch::exact;
};

struct TestRequest {
    Method method = Method::get;
    std::string target;  // origin-form, checked
    std::vector<OwnedField> fields;
    std::string body;
};

enum class StubFault : std::uint8_t { none, refused, reset };

struct Stub {
    std::string upstream;
    std::string name;  // of the call, as written
    Position at;
    CallName call;
    std::uint16_t status = 200;
    std::vector<OwnedField> fields;
    std::string body;
    std::chrono::milliseconds delay{0};
    StubFault fault = StubFault::none;
    ExpectedMessage expect;
};

struct RouteTest {
    std::string route;
    std::string name;
    Position at;
    TestRequest request;
    std::vector<Stub> stubs;
    std::uint16_t status = 200;
    ExpectedMessage expect;
};

}  // namespace weft
