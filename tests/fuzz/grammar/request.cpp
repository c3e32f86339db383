#include "fuzz/grammar/request.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "fuzz/grammar/core_rules.hpp"

namespace weft::grammar {
namespace {

// Up to the space: which form it has, and whether that is right, is asked once the head is there.
bool request_line(Cursor& in, Request& read) {
    const auto in_a_uri = [](char c) {
        return unreserved(c) || sub_delim(c) || is_one_of(":/?@[]%", c);
    };
    const std::size_t method = in.at();
    if (!token(in)) return false;
    read.method = in.from(method);
    if (!in.literal(' ')) return false;
    const std::size_t target = in.at();
    if (!in.some(in_a_uri)) return false;
    read.target = in.from(target);
    return in.literal(' ') && http_version(in, read.version) && crlf(in);
}

// request-line *( field-line CRLF ) CRLF, and an empty line before it (RFC 9112 section 2.2)
bool head(Cursor& in, Request& read) {
    if (in.is_next('\r') && !crlf(in)) return false;
    if (!request_line(in, read)) return false;
    return field_section(in, read.fields);
}

// RFC 9112 section 3.2: which form a request target has, and with which method.
bool is_target(Request& read) {
    const std::string_view target = read.target;
    const auto whole_uri = [&](Cursor& in) { return absolute_uri(in, read.absolute); };
    if (read.method == "CONNECT") {
        // With a port, and one that there is (RFC 9112 section 3.2.3, RFC 9110 section 9.3.6).
        Authority& named = read.absolute.authority;
        return is_all(target, [&](Cursor& in) { return host_and_port(in, named); }) &&
               named.port.find_first_of("123456789") != std::string_view::npos;
    }
    if (target == "*") return read.method == "OPTIONS";
    if (target.front() == '/') return is_all(target, origin_form);
    if (!is_all(target, whole_uri)) return false;
    // RFC 9110 section 4.2.1: an http URI has a host.
    const bool is_http = equal_ignoring_case(read.absolute.scheme, "http") ||
                         equal_ignoring_case(read.absolute.scheme, "https");
    return !is_http || (read.absolute.has_authority && !read.absolute.authority.host.empty());
}

// RFC 9112 section 3.2: no Host in HTTP/1.1, more than one, or one that is none: 400.
bool has_host(const Request& read) {
    const auto hosts = values(read.fields, "Host");
    if (hosts.empty()) return read.version.major == 1 && read.version.minor == 0;
    Authority ignored;
    return hosts.size() == 1 &&
           is_all(hosts.front(), [&](Cursor& in) { return host_and_port(in, ignored); });
}

// RFC 9112 section 6.3. Nothing: the framing is wrong; else how the body is read.
enum class BodyRule { none, length, chunked };
std::optional<BodyRule> body_rule(Request& read, std::uint64_t& length) {
    if (!values(read.fields, "Transfer-Encoding").empty()) {
        // RFC 9112 section 6.1: faulty in HTTP/1.0.
        if (read.version.major == 1 && read.version.minor == 0) return std::nullopt;
        const auto codings = transfer_codings(read.fields);
        if (!codings || codings->empty()) return std::nullopt;
        const auto is_chunked = [](auto each) { return equal_ignoring_case(each, "chunked"); };
        // Last, and only once (section 7.1).
        if (!is_chunked(codings->back())) return std::nullopt;
        if (std::ranges::count_if(*codings, is_chunked) != 1) return std::nullopt;
        read.chunked = true;
        read.other_codings = codings->size() > 1;
        return BodyRule::chunked;
    }
    if (values(read.fields, "Content-Length").empty()) return BodyRule::none;
    const auto written = content_length(read.fields);
    if (!written) return std::nullopt;
    length = *written;
    return BodyRule::length;
}

Request failed(Request read, const Cursor& in) {
    read.verdict = in.at_end() ? Verdict::incomplete : Verdict::refused;
    return read;
}

}  // namespace

Request read_request(std::string_view bytes) {
    Request read;
    Cursor in{bytes};
    if (!head(in, read)) return failed(std::move(read), in);
    std::uint64_t length = 0;
    if (!is_target(read) || !has_host(read) || !is_token_list(read.fields, "Connection")) {
        return read;
    }
    read.persistent = is_persistent(read.fields, read.version);
    const auto rule = body_rule(read, length);
    if (!rule) return read;
    const bool whole = *rule == BodyRule::none ||
                       (*rule == BodyRule::length ? body_of_length(in, length, read.body)
                                                  : chunked_body(in, read.body, read.sizes));
    if (!whole) return failed(std::move(read), in);
    read.verdict = Verdict::accepted;
    read.end = in.at();
    return read;
}

}  // namespace weft::grammar
