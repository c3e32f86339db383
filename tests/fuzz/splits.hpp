// The ways in which the same bytes can arrive: whole, one by one, and in pieces of any sizes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <random>
#include <string_view>
#include <vector>

#include "fuzz/target.hpp"

namespace weft::fuzz {

using Pieces = std::vector<std::string_view>;

// piece_size() gives the next piece's size in bytes, at least 1.
template <class PieceSize>
Pieces cut(std::string_view bytes, PieceSize&& piece_size) {
    Pieces pieces;
    while (!bytes.empty()) {
        const std::size_t size = std::min<std::size_t>(piece_size(), bytes.size());
        pieces.push_back(bytes.substr(0, size));
        bytes.remove_prefix(size);
    }
    return pieces;
}

// read(Pieces) must give what it gives for the bytes in one piece, which is returned.
template <class Read>
auto read_in_every_way(std::string_view bytes, Read&& read) {
    constexpr std::size_t most_single_bytes = 4 * 1024;  // more would only be slow
    auto whole = read(Pieces{bytes});
    if (bytes.size() <= most_single_bytes) {
        require(read(cut(bytes, [] { return 1U; })) == whole, "byte by byte as whole");
    }
    auto choices = choices_for(bytes);
    for (const unsigned most : {5U, 100U, 10'000U}) {
        std::uniform_int_distribution<unsigned> size{1, most};
        require(read(cut(bytes, [&] { return size(choices); })) == whole, "in pieces as whole");
    }
    return whole;
}

}  // namespace weft::fuzz
