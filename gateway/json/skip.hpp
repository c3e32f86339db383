// Where the tokens of text that was validated before end. Text that was not validated gives wrong
// ends, but is never read past its own.
#pragma once

#include <bit>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace weft {

// The first quote or backslash, or `end`.
inline const char* find_string_end(const char* at, const char* end) noexcept {
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    for (; end - at >= 16; at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        const __m128i special =
            _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash));
        const auto mask = static_cast<unsigned>(_mm_movemask_epi8(special));
        if (mask != 0) return at + std::countr_zero(mask);
    }
#endif
    while (at != end && *at != '"' && *at != '\\') ++at;
    return at;
}

// At a backslash in a string: behind its closing quote.
const char* skip_escaped_string(const char* at, const char* end) noexcept;

// At the opening quote of a string: behind its closing one.
inline const char* skip_string(const char* at, const char* end) noexcept {
    at = find_string_end(at + 1, end);
    if (at == end) return end;
    return *at == '"' ? at + 1 : skip_escaped_string(at, end);
}

// At the first byte of an array or object: behind it.
const char* skip_container(const char* at, const char* end) noexcept;

// At the first byte of a value (`at` is not `end`): behind it.
inline const char* skip_value(const char* at, const char* end) noexcept {
    if (*at == '"') return skip_string(at, end);
    if (*at == '{' || *at == '[') return skip_container(at, end);
    while (at != end && *at != ',' && *at != '}' && *at != ']' && *at > ' ') ++at;
    return at;
}

}  // namespace weft
