#include "telemetry/line_text.hpp"

#include <algorithm>
#include <cstddef>

#include "http/characters.hpp"
#include "telemetry/json_line.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace weft {
namespace {

// What may be read behind the end of a text that is looked at.
constexpr std::size_t block = 16;

#ifdef __SSE2__
// One bit for each byte of the block that must be escaped.
unsigned special_bytes(const char* at) noexcept {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    // Signed: bytes from 0x80 on are below the space as controls are.
    const __m128i special = _mm_or_si128(
        _mm_or_si128(
            _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f))
        ),
        _mm_or_si128(
            _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))
        )
    );
    return static_cast<unsigned>(_mm_movemask_epi8(special));
}

bool is_plain(const char* at, std::size_t size) noexcept {
    for (; size > block; at += block, size -= block) {
        if (special_bytes(at) != 0) return false;
    }
    return (special_bytes(at) & ((1U << size) - 1)) == 0;
}
#else
bool is_plain(const char* at, std::size_t size) noexcept {
    static constexpr CharacterClass special =
        with(with_range(with_range({}, 0, 0x1f), 0x7f, 0xff), "\"\\");
    return std::ranges::none_of(std::string_view{at, size}, [](char c) {
        return is_in(special, c);
    });
}
#endif

}  // namespace

// Looked at where it has been put, so that there is always a whole block to be looked at.
LineText& LineText::foreign(std::string_view text) {
    if (text.size() > max_logged_text || text.size() + 2 + block > room()) return escaped(text);
    char* const at = place();
    at[0] = '"';
    text.copy(at + 1, text.size());
    if (!is_plain(at + 1, text.size())) return escaped(text);
    at[text.size() + 1] = '"';
    placed(text.size() + 2);
    return *this;
}

LineText& LineText::escaped(std::string_view text) {
    hand_on();
    append_logged_text(out_, text);
    return *this;
}

}  // namespace weft
