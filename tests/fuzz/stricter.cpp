#include "fuzz/stricter.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "fuzz/grammar/core_rules.hpp"
#include "http/chunked.hpp"
#include "http/head_scanner.hpp"
#include "http/hop_by_hop.hpp"

namespace weft::fuzz {
namespace {

using grammar::Request;

constexpr HeadLimits limits;

bool is_served(std::string_view method) {
    constexpr std::string_view served[] = {
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    return std::ranges::count(served, method) > 0;
}

std::string lower_case(std::string_view text) {
    std::string lower{text};
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return lower;
}

// The path of the target, whatever its form.
std::string_view path_of(const Request& read) {
    const bool absolute = !read.absolute.scheme.empty();
    const std::string_view path = absolute ? read.absolute.path : read.target;
    return path.substr(0, path.find('?'));
}

// "%2E" and "." are the same to whoever decodes a path, "..;a" and ".." to whoever takes parameters
// off it.
bool has_dot_segment(std::string_view path) {
    std::string plain = lower_case(path);
    for (auto at = plain.find("%2e"); at != std::string::npos; at = plain.find("%2e")) {
        plain.replace(at, 3, ".");
    }
    plain += '/';
    constexpr std::string_view dots[] = {"/./", "/../", "/.;", "/..;"};
    return std::ranges::any_of(dots, [&](auto each) {
        return plain.find(each) != std::string::npos;
    });
}

bool has_forbidden_encoding(std::string_view path) {
    const std::string lower = lower_case(path);
    constexpr std::string_view forbidden[] = {"%00", "%0a", "%0d", "%2f", "%5c"};
    return std::ranges::any_of(forbidden, [&](auto each) {
        return lower.find(each) != std::string::npos;
    });
}

// Only encoded bytes are above 0x7f in a path; whether they are UTF-8 is not looked at here.
bool has_encoded_byte_beyond_ascii(std::string_view path) {
    for (auto at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 1)) {
        if (at + 1 < path.size() && !(path[at + 1] >= '0' && path[at + 1] <= '7')) return true;
    }
    return false;
}

// A name of unreserved characters or an address, and a port that there can be.
bool is_plain_authority(const grammar::Authority& authority) {
    const std::string_view host = authority.host;
    const bool is_address = host.starts_with('[') && !grammar::is_one_of("vV", host[1]);
    const bool is_name = !host.empty() && std::ranges::all_of(host, grammar::unreserved);
    const std::string_view port = authority.port.substr(authority.port.empty() ? 0 : 1);
    const auto significant = port.substr(std::min(port.find_first_not_of('0'), port.size()));
    const bool is_port =
        significant.size() < 5 || (significant.size() == 5 && significant <= "65535");
    return authority.userinfo.empty() && (is_address || is_name) && is_port;
}

std::string_view authority_rule(const Request& read) {
    const auto hosts = grammar::values(read.fields, "Host");
    grammar::Authority host;
    if (hosts.size() == 1) {
        grammar::Cursor in{hosts[0]};
        grammar::host_and_port(in, host);
        if (!is_plain_authority(host)) return "HTTP.md, exactly one valid Host";
    }
    const grammar::Authority& named = read.absolute.authority;
    if (read.method == "CONNECT") return is_plain_authority(named) ? "" : "HTTP.md, Host";
    if (read.absolute.scheme.empty()) return {};
    if (!grammar::equal_ignoring_case(read.absolute.scheme, "http")) {
        return "RFC 9110 section 7.4: a scheme that is not served is misdirected";
    }
    if (!is_plain_authority(named)) return "RFC 9110 section 4.2.4: userinfo; HTTP.md, Host";
    const std::string whole = std::string{named.host} + std::string{named.port};
    const bool same = hosts.empty() || grammar::equal_ignoring_case(hosts[0], whole);
    return same ? "" : "HTTP.md: absolute-form is accepted if its authority equals Host";
}

std::string_view target_rule(const Request& read) {
    const std::string_view path = path_of(read);
    if (has_dot_segment(path)) return "HTTP.md: no . and .. segments, plain or encoded";
    if (has_forbidden_encoding(path)) return "HTTP.md: no %00 %0a %0d %2f %5c in a path";
    if (has_encoded_byte_beyond_ascii(path)) return "HTTP.md: no overlong UTF-8 in a path";
    return authority_rule(read);
}

std::string_view framing_rule(const Request& read) {
    const auto lengths = grammar::values(read.fields, "Content-Length");
    const auto codings = grammar::values(read.fields, "Transfer-Encoding");
    if (!lengths.empty() && !codings.empty()) return "RFC 9112 section 6.1: may reject both";
    if (lengths.size() > 1) return "RFC 9110 section 8.6: a list of lengths may be rejected";
    if (lengths.size() == 1 &&
        (lengths[0].size() > 19 || lengths[0].find_first_of(", \t") != std::string_view::npos)) {
        return "HTTP.md: one Content-Length 1*19DIGIT";
    }
    const bool plain = codings.empty() ||
                       (codings.size() == 1 && grammar::equal_ignoring_case(codings[0], "chunked"));
    return plain ? "" : "HTTP.md: one Transfer-Encoding whose whole value is chunked";
}

std::string_view field_rule(const Request& read) {
    const bool underscore = std::ranges::any_of(read.fields, [](const auto& field) {
        return field.first.find('_') != std::string_view::npos;
    });
    if (underscore) return "HTTP.md: a name with _";
    if (!grammar::is_token_list(read.fields, "Proxy-Connection")) {
        return "RFC 9112 appendix C.2.2: sent in the place of Connection";
    }
    const auto options = grammar::tokens(read.fields, "Connection");
    if (options.size() > ConnectionOptions::most_options) return "HTTP.md: everything is bounded";
    const bool nominates = std::ranges::any_of(options, [](std::string_view option) {
        constexpr std::string_view names[] = {"Host", "Content-Length", "Transfer-Encoding"};
        return std::ranges::any_of(names, [&](auto name) {
            return grammar::equal_ignoring_case(option, name);
        });
    });
    return nominates ? "HTTP.md: Connection nominates Host or framing" : "";
}

std::string_view chunk_rule(const Request& read) {
    if (!read.chunked) return {};
    const bool too_long = read.sizes.longest_line > ChunkedDecoder::chunk_line_limit ||
                          read.sizes.extensions > ChunkedDecoder::extensions_limit;
    if (too_long) return "HTTP.md: chunk line 256 B, extensions 8 KiB";
    const bool overflows = read.sizes.largest_chunk_digits > 16;
    return overflows ? "RFC 9112 section 7.1: a chunk size must not overflow" : "";
}

std::string_view syntax_rule(const Request& read) {
    for (const auto rule : {field_rule, target_rule, framing_rule, chunk_rule}) {
        if (const std::string_view clause = rule(read); !clause.empty()) return clause;
    }
    return {};
}

std::string_view size_rule(const Request& read, std::string_view bytes) {
    const auto lines = static_cast<std::size_t>(std::ranges::count(bytes, '\n'));
    const bool large = bytes.size() >= limits.field || lines > limits.fields ||
                       read.sizes.trailers >= ChunkedDecoder::trailers_limit ||
                       read.sizes.trailer_fields > ChunkedDecoder::trailer_fields_limit;
    return large ? "HTTP.md: the sizes of heads and trailers" : "";
}

std::string_view if_so(bool holds, std::string_view clause) { return holds ? clause : ""; }

bool asks_for_another_expectation(const Request& read) {
    const auto expected = grammar::values(read.fields, "Expect");
    return expected.size() > 1 ||
           (expected.size() == 1 && !grammar::equal_ignoring_case(expected[0], "100-continue"));
}

// An announced chunk counts before its bytes are here.
bool has_large_body(const Request& read, std::uint64_t body_limit) {
    if (read.chunked) return read.sizes.largest_announced + read.body.size() > body_limit;
    const auto lengths = grammar::values(read.fields, "Content-Length");
    return lengths.size() == 1 &&
           (lengths[0].size() > 5 || std::stoul(std::string{lengths[0]}) > body_limit);
}

}  // namespace

std::string_view stricter_rule(
    FailureKind refused, const Request& read, std::string_view bytes, std::uint64_t body_limit
) {
    switch (refused) {
        case FailureKind::bad_request:
            return syntax_rule(read);
        case FailureKind::method_unknown:
            return if_so(!is_served(read.method), "RFC 9110 section 9.1: 501");
        case FailureKind::version_unsupported:
            return if_so(
                read.version.major != 1 || read.version.minor > 1, "RFC 9110 section 15.6.6: 505"
            );
        case FailureKind::expectation_failed:
            return if_so(asks_for_another_expectation(read), "RFC 9110 section 10.1.1: 417");
        case FailureKind::request_coding_unknown:
            return if_so(read.other_codings, "RFC 9112 section 6.1: 501");
        case FailureKind::target_too_long:
            return if_so(bytes.size() > limits.target, "HTTP.md: target over 8 KiB");
        case FailureKind::request_head_too_large:
            return size_rule(read, bytes);
        case FailureKind::request_body_too_large:
            return if_so(has_large_body(read, body_limit), "HTTP.md: body limit");
        default:
            return {};
    }
}

}  // namespace weft::fuzz
