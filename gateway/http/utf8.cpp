#include "http/utf8.hpp"

namespace weft {
namespace {

struct Lead {
    std::size_t length;
    unsigned char second_min;
    unsigned char second_max;
};

// RFC 3629 section 4: only the second byte's range depends on the first.
constexpr Lead lead(unsigned char byte) noexcept {
    if (byte < 0x80) return {1, 0, 0};
    if (byte < 0xc2) return {0, 0, 0};
    if (byte < 0xe0) return {2, 0x80, 0xbf};
    if (byte == 0xe0) return {3, 0xa0, 0xbf};
    if (byte == 0xed) return {3, 0x80, 0x9f};
    if (byte < 0xf0) return {3, 0x80, 0xbf};
    if (byte == 0xf0) return {4, 0x90, 0xbf};
    if (byte < 0xf4) return {4, 0x80, 0xbf};
    if (byte == 0xf4) return {4, 0x80, 0x8f};
    return {0, 0, 0};
}

}  // namespace

std::size_t utf8_sequence_length(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const Lead first = lead(static_cast<unsigned char>(text[0]));
    if (first.length > text.size()) return 0;
    for (std::size_t i = 1; i < first.length; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const unsigned char min = i == 1 ? first.second_min : 0x80;
        const unsigned char max = i == 1 ? first.second_max : 0xbf;
        if (byte < min || byte > max) return 0;
    }
    return first.length;
}

}  // namespace weft
