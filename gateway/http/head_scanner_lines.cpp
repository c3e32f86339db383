// The part of the scanner that takes whole lines at once.
#include <algorithm>
#include <bit>

#include "http/head_scanner.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace weft {
namespace {

constexpr std::size_t digits_of_a_status = 3;

// How many bytes at the front of `text` may stand in a field value: sixteen at a time as long as
// they are visible ASCII, which is most of a head.
std::size_t value_run(std::string_view text) noexcept {
    std::size_t length = 0;
#ifdef __SSE2__
    constexpr std::size_t block = 16;
    for (; length + block <= text.size(); length += block) {
        const __m128i bytes =
            _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + length));
        // Signed: bytes from 0x80 on are below the space as controls are.
        const __m128i special = _mm_or_si128(
            _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f))
        );
        const auto mask = static_cast<unsigned>(_mm_movemask_epi8(special));
        if (mask == 0) continue;
        length += static_cast<std::size_t>(std::countr_zero(mask));
        break;
    }
#endif
    return length + run_of(field_value_characters, text.substr(length));
}

}  // namespace

// Nearly all lines are here as a whole and in order. Such a one is taken at once; false: the line
// is left to step(), which can go on in the middle of it and says what is wrong.
bool HeadScanner::take_whole_line(std::string_view bytes) {
    if (state_ == State::line_start) return take_whole_field(bytes);
    return state_ == State::version && kind_ == MessageKind::response &&
           take_whole_status_line(bytes);
}

bool HeadScanner::take_whole_field(std::string_view bytes) {
    const std::string_view line = bytes.substr(at_, limits_.field);
    const std::size_t colon = run_of(name_characters(), line);
    if (colon == 0 || colon == line.size() || line[colon] != ':') return false;
    const std::size_t end = at_ + colon + 1 + value_run(line.substr(colon + 1));
    if (!bytes.substr(end).starts_with("\r\n") || fields_.size() == limits_.fields) return false;
    const auto name = static_cast<std::uint32_t>(at_);
    const auto value = static_cast<std::uint32_t>(at_ + colon);
    fields_.push_back({name, value, value + 1, 0});
    value_ended(bytes, end);
    at_ = end + 2;
    return true;
}

bool HeadScanner::take_whole_status_line(std::string_view bytes) noexcept {
    constexpr std::string_view form = "HTTP/1.1 200 ";
    constexpr std::string_view before_minor = form.substr(0, 7);
    const std::string_view line = bytes.substr(at_);
    if (at_ != part_ || line.size() < form.size() || !line.starts_with(before_minor)) return false;
    const std::string_view status = line.substr(9, digits_of_a_status);
    const bool fits = (line[7] == '0' || line[7] == '1') && line[8] == ' ' && status[0] >= '1' &&
                      status[0] <= '5' && run_of(digits, status) == digits_of_a_status &&
                      line[12] == ' ';
    if (!fits) return false;
    const std::size_t most = limits_.field - std::min(limits_.field, digits_of_a_status + 1);
    const std::size_t end = form.size() + value_run(line.substr(form.size(), most));
    if (!line.substr(end).starts_with("\r\n")) return false;
    major_version_ = 1;
    minor_version_ = line[7] - '0';
    status_ = 100 * (status[0] - '0') + 10 * (status[1] - '0') + (status[2] - '0');
    at_ += end + 2;
    state_ = State::line_start;
    return true;
}

}  // namespace weft
