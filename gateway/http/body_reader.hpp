// Reads one message body out of a receive buffer by its framing (RFC 9112 section 6), never past
// its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "http/chunked.hpp"
#include "http/message.hpp"
#include "http/receive_buffer.hpp"

namespace weft {

// What a reader has of a body.
class BodyPart {
  public:
    enum class State : std::uint8_t { need_more, data, end };

    static BodyPart need_more() noexcept { return BodyPart{State::need_more, {}}; }
    static BodyPart data(std::string_view bytes, bool is_last) noexcept {
        BodyPart part{State::data, bytes};
        part.is_last_ = is_last;
        return part;
    }
    static BodyPart end() noexcept { return BodyPart{State::end, {}}; }

    State state() const noexcept { return state_; }
    // Not empty with State::data, empty otherwise. Holds until the reader is called again.
    std::string_view bytes() const noexcept { return bytes_; }
    // Of data: it is known that only the end follows, which need not be asked for.
    bool is_last() const noexcept { return is_last_; }

  private:
    BodyPart(State state, std::string_view bytes) noexcept : state_{state}, bytes_{bytes} {}

    State state_;
    bool is_last_ = false;
    std::string_view bytes_;
};

// How much room behind the head a body is received into, in bytes: all of it if it is small.
inline constexpr std::size_t largest_body_window = 32 * 1024;
std::size_t body_window(const BodyFraming& framing) noexcept;

class BodyReader {
  public:
    enum class Fault : std::uint8_t { none, malformed, trailers_too_large, too_large };

    // Begins a body whose first byte lies `offset` bytes into what the buffer holds.
    void begin(const BodyFraming& framing, std::size_t offset) noexcept;

    // In bytes, of the body without its framing. Fault::too_large if the head already announces
    // more.
    Fault set_limit(std::uint64_t bytes) noexcept;

    BodyPart read(ReceiveBuffer& buffer) noexcept;
    // Why read() gave no data and never will; asked after each read().
    Fault fault() const noexcept { return fault_; }
    // The same in words.
    std::string_view reason() const noexcept;

    // The connection has ended: the end of a body that is delimited by it.
    void on_eof() noexcept { eof_ = true; }
    bool complete() const noexcept { return complete_; }
    // Where the bytes after the body begin, once it is complete.
    std::size_t end() const noexcept { return at_; }

  private:
    BodyPart read_plain(std::span<const char> rest) noexcept;
    BodyPart read_chunked(std::span<char> rest, ReceiveBuffer& buffer) noexcept;
    BodyPart refuse(Fault fault) noexcept;

    BodyFraming framing_;
    ChunkedDecoder chunked_;
    std::size_t begin_ = 0;
    std::size_t at_ = 0;
    std::uint64_t done_ = 0;  // bytes of the body handed out
    std::uint64_t limit_ = std::numeric_limits<std::uint64_t>::max();
    Fault fault_ = Fault::none;
    bool eof_ = false;
    bool complete_ = true;
};

}  // namespace weft
