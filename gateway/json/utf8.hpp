// Well-formed UTF-8 (RFC 3629; Unicode, table 3-7): no surrogates, nothing overlong, nothing above
// U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>

namespace weft {

// The length of the well-formed sequence at `at`, 1 to 4 bytes; 0 if there is none. `at` is before
// `end`.
inline std::size_t utf8_length(const char* at, const char* end) noexcept {
    const auto left = static_cast<std::size_t>(end - at);
    const auto byte = [at](std::size_t i) { return static_cast<std::uint8_t>(at[i]); };
    const auto continues = [&byte](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const std::uint8_t lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || left < 2) return 0;
    if (lead < 0xE0) return continues(1) ? 2 : 0;
    if (left < 3 || !continues(2)) return 0;
    if (lead < 0xF0) {
        const std::uint8_t low = lead == 0xE0 ? 0xA0 : 0x80;
        const std::uint8_t high = lead == 0xED ? 0x9F : 0xBF;
        return byte(1) >= low && byte(1) <= high ? 3 : 0;
    }
    if (lead > 0xF4 || left < 4 || !continues(3)) return 0;
    const std::uint8_t low = lead == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = lead == 0xF4 ? 0x8F : 0xBF;
    return byte(1) >= low && byte(1) <= high ? 4 : 0;
}

}  // namespace weft
