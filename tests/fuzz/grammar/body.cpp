#include "fuzz/grammar/body.hpp"

#include <algorithm>

#include "fuzz/grammar/core_rules.hpp"

namespace weft::grammar {
namespace {

// chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )
bool chunk_ext(Cursor& in) {
    for (;;) {
        // White space belongs to it only before a ";".
        if (!white(in.next()) && !in.is_next(';')) return true;
        skip_white(in);
        if (!in.literal(';')) return false;
        skip_white(in);
        if (!token(in)) return false;
        const std::size_t name_end = in.at();
        skip_white(in);
        if (!in.literal('=')) {
            if (!in.at_end()) in.back_to(name_end);
            if (in.at_end()) return false;
            continue;
        }
        skip_white(in);
        if (!(in.is_next('"') ? quoted_string(in) : token(in))) return false;
    }
}

// chunk-size [ chunk-ext ] CRLF; `digits` is chunk-size without leading zeros.
bool chunk_line(Cursor& in, std::string_view& digits, ChunkedSizes& sizes) {
    const std::size_t begin = in.at();
    const bool sized = in.some(hexdig);
    digits = in.from(begin);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    const std::size_t extensions = in.at();
    const bool matches = sized && chunk_ext(in);
    sizes.longest_line = std::max(sizes.longest_line, in.at() - begin);
    sizes.extensions += in.at() - extensions;
    sizes.largest_chunk_digits = std::max(sizes.largest_chunk_digits, digits.size());
    return matches && crlf(in);
}

bool chunk_data(Cursor& in, std::string_view digits, std::string& body, ChunkedSizes& sizes) {
    std::size_t size = 0;
    for (const char c : digits) {
        const int value = digit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
        // More than any text holds stays more than any text holds.
        size = std::min<std::size_t>(size * 16 + static_cast<std::size_t>(value), 1ULL << 40);
    }
    sizes.largest_announced = std::max(sizes.largest_announced, size);
    const std::size_t begin = in.at();
    const bool whole = in.skip(size);
    body += in.from(begin);
    return whole && crlf(in);
}

// trailer-section CRLF, with field-line = field-name ":" OWS field-value OWS
bool trailer_section(Cursor& in, ChunkedSizes& sizes) {
    const std::size_t begin = in.at();
    for (;;) {
        sizes.trailers = in.at() - begin;
        if (in.is_next('\r')) return crlf(in);
        ++sizes.trailer_fields;
        const bool is_field = token(in) && in.literal(':');
        if (is_field) in.any([](char c) { return white(c) || vchar(c) || obs_text(c); });
        sizes.trailers = in.at() - begin;
        if (!is_field || !crlf(in)) return false;
    }
}

}  // namespace

bool chunked_body(Cursor& in, std::string& body, ChunkedSizes& sizes) {
    for (;;) {
        std::string_view digits;
        if (!chunk_line(in, digits, sizes)) return false;
        if (digits.empty()) return trailer_section(in, sizes);
        if (!chunk_data(in, digits, body, sizes)) return false;
    }
}

bool body_of_length(Cursor& in, std::uint64_t length, std::string& body) {
    const std::size_t begin = in.at();
    if (!in.skip(static_cast<std::size_t>(length))) return false;
    body = in.from(begin);
    return true;
}

}  // namespace weft::grammar
