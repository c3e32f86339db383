#include "compose/escape.hpp"

#include <algorithm>

#include "http/characters.hpp"
#include "json/utf8.hpp"

namespace weft {
namespace {

bool is_control(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

bool is_utf8(std::string_view text) noexcept {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        const std::size_t length = utf8_length(at, end);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

}  // namespace

bool fits_in_segment(std::string_view value) noexcept {
    return !value.empty() && value != "." && value != ".." && value.size() <= max_segment_value &&
           is_utf8(value);
}

bool is_dot_segment(std::string_view encoded) noexcept {
    std::size_t dots = 0;
    while (!encoded.empty()) {
        const bool spelt_out = encoded.starts_with("%2E") || encoded.starts_with("%2e");
        if (!spelt_out && encoded.front() != '.') return false;
        encoded.remove_prefix(spelt_out ? 3 : 1);
        ++dots;
    }
    return dots == 1 || dots == 2;
}

bool fits_in_header(std::string_view value) noexcept {
    return value.size() <= max_header_value && std::ranges::none_of(value, is_control);
}

}  // namespace weft
