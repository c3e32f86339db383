// What can go wrong with a request, and whose fault it is. A Failure is a value: it travels in a
// Result<T> and is turned into a status and a problem document in one place (http/problem.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weft {

enum class Fault : std::uint8_t { client, gateway, upstream };

// One kind for each situation that a client, an operator or a test may want to tell apart. Several
// kinds share a public code: see traits().
enum class FailureKind : std::uint8_t {
    // The client's bytes.
    bad_request,
    request_timeout,
    request_body_too_large,
    target_too_long,
    request_head_too_large,
    expectation_failed,
    method_unknown,
    request_coding_unknown,
    version_unsupported,
    bad_request_body,
    not_found,
    method_not_allowed,
    client_gone,
    // The gateway's own state.
    overloaded,
    response_invalid,
    internal,
    // One call to an upstream.
    connection_refused,
    connect_timeout,
    connection_closed,
    response_incomplete,
    read_timeout,
    write_timeout,
    deadline,
    response_head_too_large,
    response_body_too_large,
    protocol,
    transfer_coding,
    content_coding,
    json,
    dns,
    connection_limit,
    unavailable,
    upstream_status,
    // The values a step is fed with.
    missing_input,
    invalid_value,
    not_a_list,
    too_many_items,
};

// What a kind means to the outside.
struct FailureTraits {
    std::string_view
        code;  // the stable word in problem documents and in `errors` (ROUTES.md, Exact rules)
    std::string_view title;  // one short human sentence without specifics
    std::uint16_t status;    // the status when nothing more specific decides
    Fault fault;
    std::string_view proxy_error;  // the RFC 9209 section 2.3 error type; empty: none fits
};

const FailureTraits& traits(FailureKind kind) noexcept;

class Failure {
  public:
    // Result<T>::error() of Boost 1.81 asks for it: what it would return if there were no failure.
    Failure() : Failure{FailureKind::internal} {}
    explicit Failure(FailureKind kind, std::string detail = {})
        : kind_{kind}, fault_{traits(kind).fault}, detail_{std::move(detail)} {}

    FailureKind kind() const noexcept { return kind_; }
    Fault fault() const noexcept { return fault_; }
    // For operators and for the client's own mistakes; never holds an upstream's text.
    const std::string& detail() const noexcept { return detail_; }
    const std::string& step() const noexcept { return step_; }
    const std::string& upstream() const noexcept { return upstream_; }
    // The status the upstream answered with; 0 where there was none.
    std::uint16_t upstream_status() const noexcept { return upstream_status_; }

    // A value that came from the request itself makes the same kind the client's fault (400 instead
    // of 502).
    Failure& blame(Fault fault) noexcept {
        fault_ = fault;
        return *this;
    }
    Failure& at_step(std::string_view step) {
        step_ = step;
        return *this;
    }
    Failure& at_upstream(std::string_view upstream) {
        upstream_ = upstream;
        return *this;
    }
    Failure& with_upstream_status(std::uint16_t status) noexcept {
        upstream_status_ = status;
        return *this;
    }

  private:
    FailureKind kind_;
    Fault fault_;
    std::uint16_t upstream_status_ = 0;
    std::string step_;
    std::string upstream_;
    std::string detail_;
};

}  // namespace weft
