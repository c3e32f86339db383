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

#ifdef __SSE2__
constexpr std::size_t block = 16;

bool is_plain_block(const char* at) noexcept {
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
    return _mm_movemask_epi8(special) == 0;
}
#endif

bool is_plain(std::string_view text) noexcept {
#ifdef __SSE2__
    if (text.size() >= block) {
        const char* const last = text.data() + text.size() - block;
        for (const char* at = text.data(); at < last; at += block) {
            if (!is_plain_block(at)) return false;
        }
        return is_plain_block(last);
    }
#endif
    static constexpr CharacterClass special =
        with(with_range(with_range({}, 0, 0x1f), 0x7f, 0xff), "\"\\");
    return std::ranges::none_of(text, [](char c) { return is_in(special, c); });
}

}  // namespace

LineText& LineText::foreign(std::string_view text) {
    if (text.size() <= max_logged_text && is_plain(text)) {
        return raw("\"").raw(text).raw("\"");
    }
    hand_on();
    append_logged_text(out_, text);
    return *this;
}

}  // namespace weft
