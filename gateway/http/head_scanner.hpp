// The strict scan of the raw bytes of a message head (RFC 9112 sections 2.2 to 5), before anything
// else looks at them. It follows a growing buffer byte by byte, reads each byte once, refuses at
// the first byte that is wrong, and notes where the fields stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "http/characters.hpp"

namespace weft {

// In bytes, except `fields`. A head is everything up to and with the empty line.
struct HeadLimits {
    std::size_t head = 32 * 1024;  // never more than HeadScanner::largest_head
    std::size_t fields = 100;
    std::size_t field = 8 * 1024;   // one line: name, colon and value
    std::size_t target = 8 * 1024;  // of the request line

    bool operator==(const HeadLimits&) const = default;
};

enum class MessageKind : std::uint8_t { request, response };

enum class HeadScan : std::uint8_t {
    need_more,
    complete,
    malformed,
    target_too_long,
    too_large,
    method_too_long,
    version_unsupported,
};

// Where one field line stands, in bytes from the message's first.
struct FieldRange {
    std::uint32_t name;
    std::uint32_t name_end;
    std::uint32_t value;  // without the spaces and tabs around it
    std::uint32_t value_end;
};

class HeadScanner {
  public:
    // Beast, which tokenises the checked head, counts in 16 bits in places.
    static constexpr std::size_t largest_head = 60 * 1024;

    HeadScanner(MessageKind kind, const HeadLimits& limits);

    // `bytes` starts at the message's first byte and is what was given last time, grown. After
    // anything but need_more the same answer is given again.
    HeadScan scan(std::string_view bytes);

    // Once complete: where the start line begins (an empty line before a request is skipped, RFC
    // 9112 section 2.2) ...
    std::size_t begin() const noexcept { return begin_; }
    // ... the offset after the head's last byte ...
    std::size_t end() const noexcept { return at_; }
    // ... and what the head says. The fields hold until restart().
    int minor_version() const noexcept { return minor_version_; }
    int status() const noexcept { return status_; }  // of a response
    std::span<const FieldRange> fields() const noexcept { return fields_; }

    // What was wrong, for the client or operator: a literal. Empty unless refused.
    std::string_view reason() const noexcept { return reason_; }

    void restart() noexcept;
    // Gives the memory of the fields back; only before scan() or after restart().
    void release_memory() noexcept { std::vector<FieldRange>{}.swap(fields_); }

  private:
    enum class State : std::uint8_t {
        start,
        empty_line_lf,
        method,
        target,
        version,
        status,
        reason,
        line_start,
        name,
        value,
        line_lf,
        head_lf,
    };

    void take_whole_lines(std::string_view bytes);
    bool take_whole_status_line(std::string_view bytes) noexcept;
    const CharacterClass& name_characters() const noexcept;
    void step(std::string_view bytes);
    void start(char byte) noexcept;
    void method(std::string_view bytes) noexcept;
    void target(std::string_view bytes) noexcept;
    void version(std::string_view bytes) noexcept;
    void version_ended(char byte) noexcept;
    void status(char byte) noexcept;
    void reason_phrase(std::string_view bytes) noexcept;
    void line_start(char byte) noexcept;
    void name(std::string_view bytes);
    void value(std::string_view bytes) noexcept;
    void value_ended(std::string_view bytes, std::size_t end) noexcept;
    void start_line_ended() noexcept;
    void line_feed(char byte, State next) noexcept;

    void take(const CharacterClass& characters, std::string_view bytes, std::size_t limit) noexcept;
    void begin_part(State state) noexcept;
    void refuse(HeadScan outcome, std::string_view reason) noexcept;

    MessageKind kind_;
    HeadLimits limits_;
    State state_;
    HeadScan outcome_ = HeadScan::need_more;
    std::size_t at_ = 0;
    std::size_t begin_ = 0;
    std::size_t part_ = 0;  // where the part being read begins: method, target, field line, ...
    int major_version_ = 0;
    int minor_version_ = 0;
    int status_ = 0;
    std::vector<FieldRange> fields_;
    std::string_view reason_;
};

}  // namespace weft
