#include "http/head_scanner.hpp"

#include <algorithm>

namespace weft {
namespace {

// Longer than any method in the IANA registry.
constexpr std::size_t longest_method = 32;

constexpr std::size_t status_length = 3;
constexpr std::string_view version_prefix = "HTTP/";

// "_" is a token character, but CGI-like programs take X_Y and X-Y for one name, so a request may
// not have it.
constexpr CharacterClass request_name_characters = [] {
    CharacterClass characters = token_characters;
    characters['_'] = false;
    return characters;
}();

// Brackets belong into the authority of an absolute-form only; check_origin_form() refuses them
// elsewhere.
constexpr CharacterClass target_characters = with(query_characters, "%[]");

constexpr bool is_space(char byte) noexcept { return byte == ' ' || byte == '\t'; }

}  // namespace

HeadScanner::HeadScanner(MessageKind kind, const HeadLimits& limits)
    : kind_{kind}, limits_{limits} {
    limits_.head = std::min(limits.head, largest_head);
    restart();
}

void HeadScanner::restart() noexcept {
    state_ = kind_ == MessageKind::request ? State::start : State::version;
    outcome_ = HeadScan::need_more;
    at_ = begin_ = part_ = 0;
    fields_.clear();
    reason_ = {};
}

HeadScan HeadScanner::scan(std::string_view bytes) {
    const std::string_view allowed = bytes.substr(0, limits_.head);
    take_whole_lines(allowed);
    while (outcome_ == HeadScan::need_more && at_ < allowed.size()) {
        step(allowed);
        take_whole_lines(allowed);
    }
    if (outcome_ == HeadScan::need_more && bytes.size() > limits_.head) {
        refuse(HeadScan::too_large, "the head is too large");
    }
    return outcome_;
}

void HeadScanner::step(std::string_view bytes) {
    const char byte = bytes[at_];
    switch (state_) {
        case State::start:
            return start(byte);
        case State::empty_line_lf:
            if (byte == '\n') begin_ = part_ = at_ + 1;
            return line_feed(byte, State::method);
        case State::method:
            return method(bytes);
        case State::target:
            return target(bytes);
        case State::version:
            return version(bytes);
        case State::status:
            return status(byte);
        case State::reason:
            return reason_phrase(bytes);
        case State::line_start:
            return line_start(byte);
        case State::name:
            return name(bytes);
        case State::value:
            return value(bytes);
        case State::line_lf:
            return line_feed(byte, State::line_start);
        case State::head_lf:
            if (byte == '\n') outcome_ = HeadScan::complete;
            return line_feed(byte, State::head_lf);
    }
}

const CharacterClass& HeadScanner::name_characters() const noexcept {
    return kind_ == MessageKind::request ? request_name_characters : token_characters;
}

void HeadScanner::start(char byte) noexcept {
    if (byte != '\r') return begin_part(State::method);
    state_ = State::empty_line_lf;
    ++at_;
}

void HeadScanner::method(std::string_view bytes) noexcept {
    take(token_characters, bytes, longest_method);
    if (at_ == bytes.size()) return;
    if (is_in(token_characters, bytes[at_])) {
        return refuse(HeadScan::method_too_long, "the method is not known");
    }
    if (bytes[at_] != ' ' || at_ == part_) {
        return refuse(
            HeadScan::malformed, "the request line does not begin with a method and a space"
        );
    }
    ++at_;
    begin_part(State::target);
}

void HeadScanner::target(std::string_view bytes) noexcept {
    take(target_characters, bytes, limits_.target);
    if (at_ == bytes.size()) return;
    if (is_in(target_characters, bytes[at_])) {
        return refuse(HeadScan::target_too_long, "the request target is too long");
    }
    if (bytes[at_] != ' ' || at_ == part_) {
        return refuse(HeadScan::malformed, "a character that no request target may have");
    }
    ++at_;
    begin_part(State::version);
}

// HTTP-version = "HTTP/" DIGIT "." DIGIT, and the byte after it
void HeadScanner::version(std::string_view bytes) noexcept {
    constexpr std::size_t major = version_prefix.size();
    if (at_ == part_ && bytes.substr(at_).starts_with(version_prefix)) at_ += major;
    if (at_ == bytes.size()) return;
    const char byte = bytes[at_];
    const std::size_t place = at_ - part_;
    if (place == major + 3) return version_ended(byte);
    const bool fits = place < major        ? byte == version_prefix[place]
                      : place == major + 1 ? byte == '.'
                                           : is_in(digits, byte);
    if (!fits) return refuse(HeadScan::malformed, "no HTTP version where one is due");
    if (place == major) major_version_ = byte - '0';
    if (place == major + 2) minor_version_ = byte - '0';
    ++at_;
}

void HeadScanner::version_ended(char byte) noexcept {
    if (byte != (kind_ == MessageKind::request ? '\r' : ' ')) {
        return refuse(HeadScan::malformed, "no HTTP version where one is due");
    }
    if (major_version_ != 1 || minor_version_ > 1) {
        return refuse(HeadScan::version_unsupported, "only HTTP/1.1 and HTTP/1.0 are spoken here");
    }
    if (kind_ == MessageKind::request) return start_line_ended();
    ++at_;
    begin_part(State::status);
}

void HeadScanner::status(char byte) noexcept {
    const std::size_t place = at_ - part_;
    if (place == status_length && byte == '\r') return start_line_ended();
    const bool fits = place == 0               ? byte >= '1' && byte <= '5'
                      : place == status_length ? byte == ' '
                                               : is_in(digits, byte);
    if (!fits) return refuse(HeadScan::malformed, "no status from 100 to 599");
    ++at_;
    if (place == status_length) {
        state_ = State::reason;
    } else {
        status_ = (place == 0 ? 0 : 10 * status_) + (byte - '0');
    }
}

void HeadScanner::reason_phrase(std::string_view bytes) noexcept {
    take(field_value_characters, bytes, limits_.field);
    if (at_ == bytes.size()) return;
    if (is_in(field_value_characters, bytes[at_])) {
        return refuse(HeadScan::too_large, "the status line is too long");
    }
    if (bytes[at_] != '\r') {
        return refuse(HeadScan::malformed, "a control character in the status line");
    }
    start_line_ended();
}

void HeadScanner::line_start(char byte) noexcept {
    if (byte == '\r') {
        state_ = State::head_lf;
        ++at_;
        return;
    }
    if (byte == ' ' || byte == '\t') {
        return refuse(HeadScan::malformed, "a field line begins with a space");
    }
    if (fields_.size() == limits_.fields) return refuse(HeadScan::too_large, "too many fields");
    begin_part(State::name);
}

void HeadScanner::name(std::string_view bytes) {
    const CharacterClass& allowed = name_characters();
    take(allowed, bytes, limits_.field - 1);
    if (at_ == bytes.size()) return;
    if (is_in(allowed, bytes[at_])) return refuse(HeadScan::too_large, "a field is too large");
    if (bytes[at_] != ':' || at_ == part_) {
        return refuse(HeadScan::malformed, "a field name with a character that it may not have");
    }
    const auto colon = static_cast<std::uint32_t>(at_);
    fields_.push_back({static_cast<std::uint32_t>(part_), colon, colon + 1, colon + 1});
    ++at_;
    state_ = State::value;
}

void HeadScanner::value(std::string_view bytes) noexcept {
    take(field_value_characters, bytes, limits_.field);
    if (at_ == bytes.size()) return;
    if (is_in(field_value_characters, bytes[at_])) {
        return refuse(HeadScan::too_large, "a field is too large");
    }
    if (bytes[at_] != '\r') {
        return refuse(HeadScan::malformed, "a control character in a field value");
    }
    value_ended(bytes, at_);
    state_ = State::line_lf;
    ++at_;
}

void HeadScanner::value_ended(std::string_view bytes, std::size_t end) noexcept {
    FieldRange& field = fields_.back();
    field.value_end = static_cast<std::uint32_t>(end);
    while (field.value < field.value_end && is_space(bytes[field.value])) ++field.value;
    while (field.value < field.value_end && is_space(bytes[field.value_end - 1])) --field.value_end;
}

void HeadScanner::start_line_ended() noexcept {
    state_ = State::line_lf;
    ++at_;
}

void HeadScanner::line_feed(char byte, State next) noexcept {
    if (byte != '\n') return refuse(HeadScan::malformed, "a CR without its LF");
    state_ = next;
    ++at_;
}

// Takes characters until one is not of the class or the part, from part_ on, has `limit` of them.
void HeadScanner::take(
    const CharacterClass& characters, std::string_view bytes, std::size_t limit
) noexcept {
    const std::size_t stop = std::min(bytes.size(), part_ + limit);
    if (at_ < stop) at_ += run_of(characters, bytes.substr(at_, stop - at_));
}

void HeadScanner::begin_part(State state) noexcept {
    part_ = at_;
    state_ = state;
}

void HeadScanner::refuse(HeadScan outcome, std::string_view reason) noexcept {
    outcome_ = outcome;
    reason_ = reason;
}

}  // namespace weft
