#include "http/message_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "http/character_runs.hpp"
#include "http/gathered_text.hpp"

namespace weft {
namespace {

using Reason = std::pair<std::uint16_t, std::string_view>;

constexpr std::array reasons{
    Reason{200, "OK"},
    Reason{201, "Created"},
    Reason{202, "Accepted"},
    Reason{203, "Non-Authoritative Information"},
    Reason{204, "No Content"},
    Reason{205, "Reset Content"},
    Reason{206, "Partial Content"},
    Reason{207, "Multi-Status"},
    Reason{300, "Multiple Choices"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{307, "Temporary Redirect"},
    Reason{308, "Permanent Redirect"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{402, "Payment Required"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{406, "Not Acceptable"},
    Reason{407, "Proxy Authentication Required"},
    Reason{408, "Request Timeout"},
    Reason{409, "Conflict"},
    Reason{410, "Gone"},
    Reason{411, "Length Required"},
    Reason{412, "Precondition Failed"},
    Reason{413, "Content Too Large"},
    Reason{414, "URI Too Long"},
    Reason{415, "Unsupported Media Type"},
    Reason{416, "Range Not Satisfiable"},
    Reason{417, "Expectation Failed"},
    Reason{421, "Misdirected Request"},
    Reason{422, "Unprocessable Content"},
    Reason{423, "Locked"},
    Reason{424, "Failed Dependency"},
    Reason{425, "Too Early"},
    Reason{426, "Upgrade Required"},
    Reason{428, "Precondition Required"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{451, "Unavailable For Legal Reasons"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{502, "Bad Gateway"},
    Reason{503, "Service Unavailable"},
    Reason{504, "Gateway Timeout"},
    Reason{505, "HTTP Version Not Supported"},
    Reason{507, "Insufficient Storage"},
    Reason{511, "Network Authentication Required"},
};

constexpr std::array<std::string_view, 6> framing_names{
    "Content-Length",
    "Transfer-Encoding",
    "Connection",
    "Keep-Alive",
    "Trailer",
    "Upgrade",
};

bool is_framing(std::string_view name) noexcept {
    return std::any_of(framing_names.begin(), framing_names.end(), [&](std::string_view each) {
        return equal_ignoring_case(each, name);
    });
}

}  // namespace

std::string_view reason_phrase(std::uint16_t status) noexcept {
    const auto found = std::lower_bound(
        reasons.begin(),
        reasons.end(),
        status,
        [](const Reason& reason, std::uint16_t wanted) { return reason.first < wanted; }
    );
    if (found == reasons.end() || found->first != status) return {};
    return found->second;
}

HeadWriter& HeadWriter::status_line(std::uint16_t status) {
    if (status == 200) return field_lines("HTTP/1.1 200 OK\r\n");
    GatheredText{out_}
        .raw("HTTP/1.1 ")
        .number(status)
        .raw(" ")
        .raw(reason_phrase(status))
        .raw("\r\n");
    return *this;
}

HeadWriter& HeadWriter::request_line(Method method, std::string_view target) {
    GatheredText{out_}.raw(to_string(method)).raw(" ").raw(target).raw(" HTTP/1.1\r\n");
    return *this;
}

HeadWriter& HeadWriter::field_lines(std::string_view checked) {
    out_.append(checked);
    return *this;
}

HeadWriter& HeadWriter::field(std::string_view name, std::string_view value) {
    const bool is_token = !name.empty() && name_run(token_characters, name) == name.size();
    if (is_token && !is_framing(name) && value_run(value) == value.size()) line(name, value);
    return *this;
}

HeadWriter& HeadWriter::fields(const std::vector<OwnedField>& fields) {
    for (const OwnedField& each : fields) field(each.name(), each.value());
    return *this;
}

HeadWriter& HeadWriter::framing(const BodyFraming& body) {
    if (body.framing == Framing::chunked) line("Transfer-Encoding", "chunked");
    if (body.framing != Framing::length) return *this;
    GatheredText{out_}.raw("Content-Length: ").number(body.length).raw("\r\n");
    return *this;
}

HeadWriter& HeadWriter::connection(ConnectionOption option) {
    if (option == ConnectionOption::close) line("Connection", "close");
    if (option == ConnectionOption::keep_alive) line("Connection", "keep-alive");
    return *this;
}

void HeadWriter::end() { out_.append("\r\n"); }

void HeadWriter::line(std::string_view name, std::string_view value) {
    GatheredText{out_}.raw(name).raw(": ").raw(value).raw("\r\n");
}

void append_request_head(std::string& out, const RequestHeadParts& parts) {
    GatheredText head{out};
    head.raw(to_string(parts.method)).raw(" ").raw(parts.target).raw(" HTTP/1.1\r\nHost: ");
    head.raw(parts.authority).raw("\r\n").raw(parts.field_lines);
    if (parts.body.framing == Framing::chunked) head.raw("Transfer-Encoding: chunked\r\n");
    if (parts.body.framing == Framing::length) {
        head.raw("Content-Length: ").number(parts.body.length).raw("\r\n");
    }
    head.raw("\r\n");
}

void append_chunk_start(std::string& out, std::uint64_t size) {
    constexpr int hexadecimal = 16;
    std::array<char, 16> text;
    const auto written = std::to_chars(text.data(), text.data() + text.size(), size, hexadecimal);
    out.append(text.data(), written.ptr).append("\r\n");
}

}  // namespace weft
