// The one translator from a Failure to the answer a client sees: RFC 9457 problem details with a
// status and Proxy-Status (RFC 9209), as the table in HTTP.md says. No text of an upstream is ever
// in it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "http/answer.hpp"
#include "outcome/failure.hpp"

namespace weft {

struct ProblemContext {
    std::string_view instance{};    // the request's path as checked; empty where there was none
    std::string_view request_id{};  // empty where there is none yet
    std::uint16_t status = 0;       // instead of problem_status(); 0: that one
    std::chrono::seconds retry_after{1};  // sent with 503
};

// The status by kind and fault alone: a value that cannot be used is 400 where the client is to
// blame for it.
std::uint16_t problem_status(const Failure& failure) noexcept;

// `close` is set for FailureKind::internal only; a session adds its own reasons. Allow (405) is the
// caller's to add.
Answer problem(const Failure& failure, const ProblemContext& context);

}  // namespace weft
