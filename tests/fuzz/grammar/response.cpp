#include "fuzz/grammar/response.hpp"

#include <utility>

#include "fuzz/grammar/core_rules.hpp"

namespace weft::grammar {
namespace {

// status-line = HTTP-version SP status-code SP [ reason-phrase ] CRLF
bool status_line(Cursor& in, Response& read) {
    if (!http_version(in, read.version) || !in.literal(' ')) return false;
    const std::size_t begin = in.at();
    for (int i = 0; i < 3; ++i) {
        if (!in.one(digit)) return false;
    }
    for (const char c : in.from(begin)) read.status = read.status * 10 + (c - '0');
    if (in.literal(' ')) in.any([](char c) { return white(c) || vchar(c) || obs_text(c); });
    return crlf(in);
}

Response failed(Response read, const Cursor& in) {
    read.verdict = in.at_end() ? Verdict::incomplete : Verdict::refused;
    return read;
}

// RFC 9112 section 6.3
bool body(Cursor& in, bool to_head_request, Response& read) {
    const bool has_none = to_head_request || read.status == 204 || read.status == 304;
    if (has_none) return true;
    if (!values(read.fields, "Transfer-Encoding").empty()) {
        const auto codings = transfer_codings(read.fields);
        if (!codings || codings->size() != 1) return false;
        if (!equal_ignoring_case(codings->front(), "chunked")) return false;
        ChunkedSizes ignored;
        return chunked_body(in, read.body, ignored);
    }
    if (!values(read.fields, "Content-Length").empty()) {
        const auto length = content_length(read.fields);
        return length && body_of_length(in, *length, read.body);
    }
    read.until_close = true;
    read.body = in.rest();
    in.skip(in.rest().size());
    return false;
}

}  // namespace

Response read_final_response(std::string_view bytes, bool to_head_request) {
    Cursor in{bytes};
    for (;;) {
        Response read;
        if (!status_line(in, read) || !field_section(in, read.fields)) {
            return failed(std::move(read), in);
        }
        if (read.status >= 100 && read.status < 200) continue;
        read.persistent = is_persistent(read.fields, read.version);
        const bool whole = body(in, to_head_request, read);
        read.end = in.at();
        if (!whole) return failed(std::move(read), in);
        read.verdict = Verdict::accepted;
        return read;
    }
}

}  // namespace weft::grammar
