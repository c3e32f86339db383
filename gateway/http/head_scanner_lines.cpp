// The part of the scanner that takes whole lines at once.
#include <algorithm>

#include "http/character_runs.hpp"
#include "http/head_scanner.hpp"

namespace weft {
namespace {

constexpr std::size_t digits_of_a_status = 3;

constexpr bool is_space(char byte) noexcept { return byte == ' ' || byte == '\t'; }

bool is_line_end(std::string_view bytes, std::size_t at) noexcept {
    return bytes.size() - at >= 2 && bytes[at] == '\r' && bytes[at + 1] == '\n';
}

// Of most heads, so that noting them allocates once.
constexpr std::size_t usual_fields = 16;

struct FieldLine {
    FieldRange range{};
    std::size_t size = 0;  // with CR and LF; 0: it is not here as a whole, or not in order
};

// The field line at the front of `bytes`.
FieldLine whole_field(std::string_view bytes, std::size_t limit, const CharacterClass& names) {
    const std::string_view line = bytes.substr(0, limit);
    const std::size_t colon = name_run(names, line);
    if (colon == 0 || colon == line.size() || line[colon] != ':') return {};
    std::size_t begin = colon + 1;
    std::size_t end = begin + value_run(line.substr(begin));
    if (!is_line_end(bytes, end)) return {};
    const std::size_t size = end + 2;
    while (begin < end && is_space(line[begin])) ++begin;
    while (begin < end && is_space(line[end - 1])) --end;
    const auto offset = [](std::size_t at) { return static_cast<std::uint32_t>(at); };
    return {{0, offset(colon), offset(begin), offset(end)}, size};
}

}  // namespace

// Nearly all lines are here as a whole and in order. Such ones are taken at once; one that is not
// is left to step(), which can go on in the middle of it and says what is wrong.
void HeadScanner::take_whole_lines(std::string_view bytes) {
    if (outcome_ != HeadScan::need_more) return;
    const bool begins = state_ == State::version && kind_ == MessageKind::response;
    if (begins && !take_whole_status_line(bytes)) return;
    if (state_ != State::line_start) return;
    const CharacterClass& names = name_characters();
    while (!is_line_end(bytes, at_)) {
        const FieldLine line = whole_field(bytes.substr(at_), limits_.field, names);
        if (line.size == 0 || fields_.size() == limits_.fields) return;
        if (fields_.empty()) fields_.reserve(usual_fields);
        const auto at = static_cast<std::uint32_t>(at_);
        const auto& [name, name_end, value, value_end] = line.range;
        fields_.push_back({at + name, at + name_end, at + value, at + value_end});
        at_ += line.size;
    }
    at_ += 2;
    outcome_ = HeadScan::complete;
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
