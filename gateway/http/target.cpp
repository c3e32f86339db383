#include "http/target.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "http/characters.hpp"
#include "json/utf8.hpp"

namespace weft {
namespace {

constexpr int no_byte = -1;

// One byte of a path or query with its percent-encoding undone, and how many characters it was
// written with.
struct Unit {
    int byte;  // no_byte: a "%" without two hexadecimal digits
    std::size_t written;
};

Unit first_unit(std::string_view text) noexcept {
    if (text[0] != '%') return {static_cast<unsigned char>(text[0]), 1};
    if (text.size() < 3) return {no_byte, 1};
    const int high = hex_value(text[1]);
    const int low = hex_value(text[2]);
    if (high < 0 || low < 0) return {no_byte, 1};
    return {high * 16 + low, 3};
}

// An encoded byte that must not be in a path: it would be a line, an end of a string or a separator
// to whoever decodes the path later.
bool is_forbidden_encoded(int byte) noexcept {
    return byte == 0 || byte == '\n' || byte == '\r' || byte == '/' || byte == '\\';
}

// The length as written of the UTF-8 sequence that begins with an encoded byte; 0 if it is none.
// Only encoded bytes can be above 0x7f, so the whole sequence is encoded.
std::size_t encoded_utf8_length(std::string_view text) noexcept {
    std::array<char, 4> bytes{};
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size() && count < bytes.size(); ++count) {
        const Unit unit = first_unit(text.substr(at));
        if (unit.byte == no_byte) break;
        bytes[count] = static_cast<char>(unit.byte);
        at += unit.written;
    }
    if (count == 0) return 0;
    return 3 * utf8_length(bytes.data(), bytes.data() + count);
}

// A segment of dots alone may have parameters behind it, as in "..;a": who takes those off first
// removes it with the segment before it (RFC 3986 section 3.3).
bool is_valid_segment(std::string_view segment) noexcept {
    // Most have nothing encoded.
    if (run_of(path_characters, segment) == segment.size()) {
        const std::string_view name = segment.substr(0, segment.find(';'));
        return name != "." && name != "..";
    }
    std::size_t dots = 0;
    std::size_t units = 0;
    bool has_parameters = false;
    for (std::size_t at = 0; at < segment.size();) {
        const Unit unit = first_unit(segment.substr(at));
        const bool encoded = unit.written == 3;
        if (unit.byte == no_byte) return false;
        if (encoded && is_forbidden_encoded(unit.byte)) return false;
        if (!encoded && !is_in(path_characters, segment[at])) return false;
        const std::size_t written =
            unit.byte < 0x80 ? unit.written : encoded_utf8_length(segment.substr(at));
        if (written == 0) return false;
        has_parameters = has_parameters || segment[at] == ';';
        if (!has_parameters) ++units;
        if (!has_parameters && unit.byte == '.') ++dots;
        at += written;
    }
    return units == 0 || units > 2 || dots != units;
}

bool is_valid_path(std::string_view path) noexcept {
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        if (!is_valid_segment(path.substr(0, end))) return false;
        path.remove_prefix(end);
    }
    return true;
}

bool is_valid_query(std::string_view query) noexcept {
    for (std::size_t at = 0; at < query.size();) {
        const Unit unit = first_unit(query.substr(at));
        if (unit.byte == no_byte) return false;
        if (unit.written == 1 && !is_in(query_characters, query[at])) return false;
        at += unit.written;
    }
    return true;
}

bool is_valid_ipv6(std::string_view address) noexcept {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.size() >= text.size()) return false;
    std::copy(address.begin(), address.end(), text.begin());
    in6_addr parsed{};
    return ::inet_pton(AF_INET6, text.data(), &parsed) == 1;
}

// port = *DIGIT (RFC 3986 section 3.2.3): it may be empty.
bool is_valid_port(std::string_view port) noexcept {
    if (port.empty()) return true;
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    return error == std::errc{} && end == port.data() + port.size();
}

// The length of the host that an authority begins with; 0 if it begins with none.
std::size_t host_length(std::string_view authority) noexcept {
    if (!authority.starts_with('[')) return run_of(unreserved_characters, authority);
    const std::size_t bracket = authority.find(']');
    if (bracket == std::string_view::npos) return 0;
    return is_valid_ipv6(authority.substr(1, bracket - 1)) ? bracket + 1 : 0;
}

}  // namespace

std::optional<TargetParts> check_origin_form(std::string_view target) noexcept {
    if (target.empty() || target.front() != '/') return std::nullopt;
    const std::size_t question = std::min(target.find('?'), target.size());
    TargetParts parts;
    parts.path = target.substr(0, question);
    parts.query = target.substr(std::min(question + 1, target.size()));
    if (!is_valid_path(parts.path) || !is_valid_query(parts.query)) return std::nullopt;
    return parts;
}

bool is_valid_authority(std::string_view authority) noexcept {
    const std::size_t host = host_length(authority);
    if (host == 0) return false;
    const std::string_view rest = authority.substr(host);
    return rest.empty() || (rest.front() == ':' && is_valid_port(rest.substr(1)));
}

bool names_port(std::string_view authority) noexcept {
    const std::string_view port = authority.substr(host_length(authority));
    return port.find_first_of("123456789") != std::string_view::npos;
}

std::string percent_decode(std::string_view text) {
    if (text.find('%') == std::string_view::npos) return std::string{text};
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Unit unit = first_unit(text.substr(at));
        decoded.push_back(unit.byte == no_byte ? text[at] : static_cast<char>(unit.byte));
        at += unit.written;
    }
    return decoded;
}

std::vector<std::string_view> split_path(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        segments.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return segments;
}

}  // namespace weft
