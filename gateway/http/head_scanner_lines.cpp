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

}  // namespace

// Nearly all lines are here as a whole and in order. Such a one is taken at once; false: the line
// is left to step(), which can go on in the middle of it and says what is wrong.
bool HeadScanner::take_whole_line(std::string_view bytes) {
    if (state_ == State::line_start) return take_end(bytes) || take_whole_field(bytes);
    return state_ == State::version && kind_ == MessageKind::response &&
           take_whole_status_line(bytes);
}

bool HeadScanner::take_end(std::string_view bytes) noexcept {
    if (!is_line_end(bytes, at_)) return false;
    at_ += 2;
    outcome_ = HeadScan::complete;
    return true;
}

bool HeadScanner::take_whole_field(std::string_view bytes) {
    const std::string_view line = bytes.substr(at_, limits_.field);
    const std::size_t colon = name_run(name_characters(), line);
    if (colon == 0 || colon == line.size() || line[colon] != ':') return false;
    std::size_t begin = colon + 1;
    std::size_t end = begin + value_run(line.substr(begin));
    if (!is_line_end(bytes, at_ + end) || fields_.size() == limits_.fields) return false;
    const std::size_t next = at_ + end + 2;
    while (begin < end && is_space(line[begin])) ++begin;
    while (begin < end && is_space(line[end - 1])) --end;
    if (fields_.empty()) fields_.reserve(usual_fields);
    const auto offset = [this](std::size_t in_line) {
        return static_cast<std::uint32_t>(at_ + in_line);
    };
    fields_.push_back({offset(0), offset(colon), offset(begin), offset(end)});
    at_ = next;
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
