// ChunkedDecoder: the same for any split of the bytes, and in agreement with a second decoder that
// is the grammar of RFC 9112 section 7.1.
#include "http/chunked.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/grammar/body.hpp"
#include "fuzz/splits.hpp"
#include "fuzz/target.hpp"

namespace weft::fuzz {

const Budget budget;

namespace {

using State = ChunkedDecoder::State;

constexpr std::uint64_t body_limit = 2000;

struct Decoded {
    State end = State::need_more;
    std::string data;
    std::size_t taken = 0;

    bool operator==(const Decoded&) const = default;
};

Decoded decode(const Pieces& pieces) {
    ChunkedDecoder decoder;
    decoder.set_limit(body_limit);
    Decoded decoded;
    for (std::string_view piece : pieces) {
        while (!piece.empty()) {
            const auto step = decoder.decode(piece);
            require(step.taken > 0 && step.taken <= piece.size(), "takes a part of what is given");
            require(step.data.empty() == (step.state != State::data), "data, and nothing else");
            decoded.data += step.data;
            decoded.taken += step.taken;
            decoded.end = step.state == State::data ? State::need_more : step.state;
            if (decoded.end != State::need_more) return decoded;
            piece.remove_prefix(step.taken);
        }
    }
    return decoded;
}

bool is_over_a_limit(const grammar::ChunkedSizes& sizes) {
    return sizes.longest_line > ChunkedDecoder::chunk_line_limit ||
           sizes.extensions > ChunkedDecoder::extensions_limit || sizes.largest_chunk_digits > 16;
}

}  // namespace

void run(std::string_view bytes) {
    const Decoded ours = read_in_every_way(bytes, decode);
    require(ours.data.size() <= body_limit, "no more data than the limit");
    grammar::Cursor in{bytes};
    std::string body;
    grammar::ChunkedSizes sizes;
    const bool whole = grammar::chunked_body(in, body, sizes);
    switch (ours.end) {
        case State::end:
            require(whole && in.at() == ours.taken && body == ours.data, "what the grammar says");
            return;
        case State::malformed:
            require(!whole || is_over_a_limit(sizes), "malformed to us alone");
            require(whole || !in.at_end() || is_over_a_limit(sizes), "refused too early");
            return;
        case State::trailers_too_large:
            require(
                sizes.trailers > ChunkedDecoder::trailers_limit ||
                    sizes.trailer_fields > ChunkedDecoder::trailer_fields_limit,
                "trailers within their limits"
            );
            return;
        case State::too_large:
            require(sizes.largest_announced + body.size() > body_limit, "within the limit");
            return;
        default:
            require(!whole && in.at_end() && body == ours.data, "waits for what is decided");
    }
}

}  // namespace weft::fuzz
