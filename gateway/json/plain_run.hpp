// The hot loop of reading strings: how far do they go on without anything special?
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace weft {

// ASCII from the space on, but for the quote and the backslash.
constexpr bool is_plain(char c) noexcept {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

// The first byte that is not plain, or `end`. Eight bytes at a time, on any machine.
inline const char* skip_plain_portable(const char* at, const char* end) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t tops = 0x8080808080808080;
    // Bytes that are zero get their top bit; a byte above a zero may get it too, which costs a
    // second look only.
    const auto zeros = [](std::uint64_t word) { return word - ones; };
    while (end - at >= 8) {
        std::uint64_t word;
        std::memcpy(&word, at, sizeof word);
        const std::uint64_t special =
            word | zeros(word ^ (ones * '"')) | zeros(word ^ (ones * '\\')) | (word - ones * 0x20);
        if ((special & tops) != 0) break;
        at += 8;
    }
    while (at != end && is_plain(*at)) ++at;
    return at;
}

#ifdef __SSE2__
// A bit for each of the sixteen bytes at `at` that is not plain.
inline unsigned special_of_sixteen(const char* at) noexcept {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    // The comparison is signed: bytes from 0x80 on are below the space as controls are.
    const __m128i special = _mm_or_si128(
        _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')),
        _mm_or_si128(
            _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))
        )
    );
    return static_cast<unsigned>(_mm_movemask_epi8(special));
}
#endif

// As above, sixteen bytes at a time where the machine has SSE2.
inline const char* skip_plain(const char* at, const char* end) noexcept {
#ifdef __SSE2__
    while (end - at >= 16) {
        const unsigned mask = special_of_sixteen(at);
        if (mask != 0) return at + std::countr_zero(mask);
        at += 16;
    }
    while (at != end && is_plain(*at)) ++at;
    return at;
#else
    return skip_plain_portable(at, end);
#endif
}

}  // namespace weft
