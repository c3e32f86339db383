#include "http/request_check.hpp"

#include <algorithm>
#include <utility>

#include "http/framing.hpp"
#include "http/hop_by_hop.hpp"
#include "http/target.hpp"

namespace weft {
namespace {

Failure bad_request(const char* detail) { return Failure{FailureKind::bad_request, detail}; }

bool has_prefix_ignoring_case(std::string_view text, std::string_view prefix) noexcept {
    return equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

}  // namespace

Result<RequestHead> RequestCheck::check(RequestTokens tokens) {
    head_ = RequestHead{};
    head_.minor_version = tokens.minor_version;
    head_.fields = std::move(tokens.fields);
    target_authority_ = {};
    if (auto checked = check_method(tokens.method); !checked) return checked.error();
    if (auto checked = check_target(tokens.target); !checked) return checked.error();
    if (auto checked = check_host(); !checked) return checked.error();
    const FramingFields fields{head_.fields};
    const ConnectionOptions& options = fields.connection;
    if (options.refused()) return bad_request("Connection is not a short list of names");
    if (nominates_framing(options)) return bad_request("Connection names a field that it may not");
    head_.keep_alive = asks_to_keep_alive(options, head_.minor_version);
    const auto framing = request_framing(fields, head_.minor_version);
    if (!framing) return framing.error();
    head_.body = *framing;
    if (auto checked = check_expectation(); !checked) return checked.error();
    return std::move(head_);
}

Result<void> RequestCheck::check_method(std::string_view method) {
    const auto known = parse_method(method);
    if (!known) return Failure{FailureKind::method_unknown, "the method is not known"};
    head_.method = *known;
    return {};
}

// RFC 9112 section 3.2: which form goes with which method.
Result<void> RequestCheck::check_target(std::string_view target) {
    if (head_.method == Method::connect) {
        if (!is_valid_authority(target) || !names_port(target)) {
            return bad_request("CONNECT without a host and a port");
        }
        return Failure{FailureKind::method_unknown, "CONNECT is not served"};
    }
    if (target == "*") {
        if (head_.method != Method::options) return bad_request("* is for OPTIONS only");
        head_.target = head_.path = target;
    } else if (target.front() == '/') {
        if (auto taken = take_origin_form(target); !taken) return taken;
    } else if (auto checked = check_absolute_form(target); !checked) {
        return checked;
    }
    // An answer to TRACE would show a client's own credentials to whoever runs script in it.
    if (head_.method != Method::trace) return {};
    return Failure{FailureKind::method_unknown, "TRACE is not served"};
}

Result<void> RequestCheck::check_absolute_form(std::string_view target) {
    constexpr std::string_view scheme = "http://";
    if (!has_prefix_ignoring_case(target, scheme)) {
        return bad_request("the request target is neither a path nor an http URI");
    }
    const std::string_view rest = target.substr(scheme.size());
    const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
    target_authority_ = rest.substr(0, end);
    if (!is_valid_authority(target_authority_))
        return bad_request("the request target's authority");
    const std::string_view path_and_query = rest.substr(end);
    if (path_and_query.starts_with('/')) return take_origin_form(path_and_query);
    // RFC 9112 section 3.2.4: the way OPTIONS * looks to a proxy.
    const bool asterisk = head_.method == Method::options && path_and_query.empty();
    if (asterisk) {
        head_.target = head_.path = "*";
        return {};
    }
    rooted_target_.assign("/").append(path_and_query);
    return take_origin_form(rooted_target_);
}

Result<void> RequestCheck::take_origin_form(std::string_view target) {
    const auto parts = check_origin_form(target);
    if (!parts) return bad_request("the request target is not a valid path and query");
    head_.target = target;
    head_.path = parts->path;
    head_.query = parts->query;
    return {};
}

// RFC 9112 section 3.2: one Host; only HTTP/1.0 may leave it out.
Result<void> RequestCheck::check_host() {
    const Occurrence host = occurrence(head_.fields, "Host");
    if (host.count > 1) return bad_request("more than one Host");
    if (host.count == 0) {
        if (head_.minor_version >= 1) return bad_request("no Host");
        head_.authority = target_authority_;
        return {};
    }
    if (!is_valid_authority(host.value)) return bad_request("Host is not a valid host and port");
    if (!target_authority_.empty() && !equal_ignoring_case(target_authority_, host.value)) {
        return bad_request("Host differs from the request target's authority");
    }
    head_.authority = host.value;
    return {};
}

// RFC 9110 section 10.1.1: ignored in HTTP/1.0, and without a body there is nothing to wait for.
Result<void> RequestCheck::check_expectation() {
    const Occurrence expect = occurrence(head_.fields, "Expect");
    if (expect.count == 0) return {};
    if (expect.count > 1 || !equal_ignoring_case(expect.value, "100-continue")) {
        return Failure{FailureKind::expectation_failed, "only 100-continue can be expected"};
    }
    const bool has_body = head_.body.framing == Framing::chunked || head_.body.length > 0;
    head_.expect_continue = head_.minor_version >= 1 && has_body;
    return {};
}

}  // namespace weft
