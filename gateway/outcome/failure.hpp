// What can go wrong with a request, and whose fault it is. A Failure is a value: it travels in a
// Result<T> and is turned into a status and a problem document in one place (http/problem.hpp).
#pragma once

#include <cstdint>
#include <memory>
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

// As small as a pointer beside its kind, because every Result<T> has room for one; its words are
// elsewhere. Whatever makes or ends one is marked as seldom executed, so that the code for failures
// does not lie between that of requests that succeed.
class Failure {
  public:
    // Result<T>::error() of Boost 1.81 asks for it: what it would return if there were no failure.
    [[gnu::cold]] Failure();
    [[gnu::cold]] explicit Failure(FailureKind kind, std::string_view detail = {});
    [[gnu::cold]] Failure(const Failure& other);
    [[gnu::cold]] Failure& operator=(const Failure& other);
    Failure(Failure&&) noexcept = default;
    Failure& operator=(Failure&&) noexcept = default;
    ~Failure() = default;

    FailureKind kind() const noexcept { return kind_; }
    Fault fault() const noexcept { return fault_; }
    // For operators and for the client's own mistakes; never holds an upstream's text.
    std::string_view detail() const noexcept;
    std::string_view step() const noexcept;
    std::string_view upstream() const noexcept;
    // The status the upstream answered with; 0 where there was none.
    std::uint16_t upstream_status() const noexcept { return upstream_status_; }

    // A value that came from the request itself makes the same kind the client's fault (400 instead
    // of 502).
    Failure& blame(Fault fault) noexcept {
        fault_ = fault;
        return *this;
    }
    [[gnu::cold]] Failure& at_step(std::string_view step);
    [[gnu::cold]] Failure& at_upstream(std::string_view upstream);
    Failure& with_upstream_status(std::uint16_t status) noexcept {
        upstream_status_ = status;
        return *this;
    }

  private:
    struct Words;
    struct Forget {
        [[gnu::cold]] void operator()(Words* words) const noexcept;
    };

    Words& words();

    FailureKind kind_;
    Fault fault_;
    std::uint16_t upstream_status_ = 0;
    std::unique_ptr<Words, Forget> words_;  // null: there are none
};

}  // namespace weft
