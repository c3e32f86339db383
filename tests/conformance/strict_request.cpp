#include "conformance/strict_request.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace weft::conformance {
namespace {

constexpr std::string_view token_specials = "!#$%&'*+-.^_`|~";

// What belongs to one connection, or what the gateway must not repeat after its client.
constexpr std::array never_sent{
    "connection",
    "keep-alive",
    "proxy-connection",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "upgrade",
    "http2-settings",
    "expect",
    "forwarded"};

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error{what}; }

void require(bool holds, const std::string& what) {
    if (!holds) fail(what);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_token_character(char c) {
    return is_digit(c) || is_letter(c) || token_specials.find(c) != std::string_view::npos;
}

bool is_value_character(char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c; }

// Up to the CRLF, which goes too; neither may stand in the line alone.
std::string_view take_line(std::string_view& head) {
    const auto end = head.find("\r\n");
    require(end != std::string_view::npos, "a line without CRLF");
    const auto line = head.substr(0, end);
    require(line.find_first_of("\r\n") == std::string_view::npos, "a CR or LF alone");
    head.remove_prefix(end + 2);
    return line;
}

void read_request_line(std::string_view line, ServiceRequest& request) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    require(first != std::string_view::npos && first < last, "a request line without two spaces");
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, last - first - 1);
    require(is_token(request.method), "a method that is no token");
    require(line.substr(last + 1) == "HTTP/1.1", "another version");
    require(request.target.starts_with('/'), "a target that is no path");
    require(
        std::all_of(
            request.target.begin(),
            request.target.end(),
            [](char c) { return c > 0x20 && c < 0x7f && c != '#' && c != '\\'; }
        ),
        "a target with a character that it may not have"
    );
}

void read_field(std::string_view line, ServiceRequest& request) {
    const auto colon = line.find(':');
    require(colon != std::string_view::npos, "a field without a colon");
    std::string name{line.substr(0, colon)};
    require(is_token(name), "a field name that is no token: " + name);
    std::transform(name.begin(), name.end(), name.begin(), lower);
    auto value = line.substr(colon + 1);
    require(std::all_of(value.begin(), value.end(), is_value_character), "a control in " + name);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
        value.remove_prefix(1);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
    request.fields.emplace_back(std::move(name), std::string{value});
}

void check_fields(const ServiceRequest& request, const std::string& host) {
    require(request.count("host") == 1 && request.value("host") == host, "not one right Host");
    for (const auto* name : never_sent) require(request.count(name) == 0, name);
    for (const auto* name : {"x-forwarded-for", "x-forwarded-proto", "x-request-id"}) {
        require(request.count(name) == 1, std::string{"not one "} + name);
    }
    require(request.value("x-forwarded-for") == "127.0.0.1", "X-Forwarded-For is not the peer's");
    require(request.value("x-forwarded-proto") == "http", "X-Forwarded-Proto is not ours");
    const auto framings = request.count("content-length") + request.count("transfer-encoding");
    require(framings <= 1, "framed more than once");
    if (request.count("transfer-encoding") == 1) {
        require(request.value("transfer-encoding") == "chunked", "a coding other than chunked");
    }
}

std::uint64_t read_number(std::string_view text, int base) {
    std::uint64_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number, base);
    require(read.ec == std::errc{} && read.ptr == end, "no number: " + std::string{text});
    return number;
}

// False: more bytes are needed.
bool read_counted(std::string_view& rest, std::uint64_t length, std::string& body) {
    if (rest.size() < length) return false;
    body += rest.substr(0, length);
    rest.remove_prefix(length);
    return true;
}

// Without extensions and trailers, which no gateway makes up.
bool read_chunks(std::string_view& rest, std::string& body) {
    for (;;) {
        if (rest.find("\r\n") == std::string_view::npos) return false;
        const auto size = read_number(take_line(rest), 16);
        if (!read_counted(rest, size, body) || rest.size() < 2) return false;
        require(rest.starts_with("\r\n"), "chunk data without its CRLF");
        rest.remove_prefix(2);
        if (size == 0) return true;
    }
}

}  // namespace

std::size_t ServiceRequest::count(const std::string& name) const {
    const auto counted = std::count_if(fields.begin(), fields.end(), [&](const auto& field) {
        return field.first == name;
    });
    return static_cast<std::size_t>(counted);
}

std::string ServiceRequest::value(const std::string& name) const {
    for (const auto& field : fields) {
        if (field.first == name) return field.second;
    }
    return {};
}

std::string ServiceRequest::last_value(const std::string& name) const {
    std::string last;
    for (const auto& field : fields) {
        if (field.first == name) last = field.second;
    }
    return last;
}

std::optional<ServiceRequest> take_request(std::string& bytes, const std::string& host) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    std::string_view head{bytes.data(), end + 2};
    std::string_view rest{bytes};
    rest.remove_prefix(end + 4);
    ServiceRequest request;
    read_request_line(take_line(head), request);
    while (!head.empty()) read_field(take_line(head), request);
    check_fields(request, host);
    if (request.count("transfer-encoding") == 1) {
        if (!read_chunks(rest, request.body)) return std::nullopt;
    } else if (request.count("content-length") == 1) {
        const auto length = read_number(request.value("content-length"), 10);
        if (!read_counted(rest, length, request.body)) return std::nullopt;
    }
    require(rest.empty(), "bytes behind the request");
    bytes.clear();
    return request;
}

}  // namespace weft::conformance
