// How far names and values of header fields go, sixteen bytes at a time where the machine has SSE2.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <string_view>

#include "http/characters.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace weft {

// How many bytes at the front of `text` are of the class, which has the letters and the dash: most
// names are nothing else.
inline std::size_t name_run(const CharacterClass& characters, std::string_view text) noexcept {
    std::size_t length = 0;
#ifdef __SSE2__
    constexpr std::size_t block = 16;
    if (text.size() >= block) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data()));
        // Signed: bytes from 0x80 on are below the letters.
        const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        const __m128i letters = _mm_and_si128(
            _mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)),
            _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1))
        );
        const __m128i plain = _mm_or_si128(letters, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')));
        const auto others = ~static_cast<unsigned>(_mm_movemask_epi8(plain));
        length = std::min(block, static_cast<std::size_t>(std::countr_zero(others)));
    }
#endif
    return length + run_of(characters, text.substr(length));
}

// How many bytes at the front of `text` may stand in a field value: all but controls, and the tab.
inline std::size_t value_run(std::string_view text) noexcept {
    std::size_t length = 0;
#ifdef __SSE2__
    constexpr std::size_t block = 16;
    for (; length + block <= text.size(); length += block) {
        const __m128i bytes =
            _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + length));
        const __m128i below_space = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
        const __m128i controls = _mm_or_si128(
            _mm_andnot_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t')), below_space),
            _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f))
        );
        const auto mask = static_cast<unsigned>(_mm_movemask_epi8(controls));
        if (mask != 0) return length + static_cast<std::size_t>(std::countr_zero(mask));
    }
#endif
    return length + run_of(field_value_characters, text.substr(length));
}

}  // namespace weft
