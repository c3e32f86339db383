// Decodes the chunked transfer coding (RFC 9112 section 7.1) from pieces of any size, in place and
// without a buffer. Every CRLF must be one. Extensions and trailer fields are checked, bounded and
// discarded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace weft {

class ChunkedDecoder {
  public:
    // In bytes, except trailer_fields.
    static constexpr std::size_t chunk_line_limit = 256;       // size and extensions of one chunk
    static constexpr std::size_t extensions_limit = 8 * 1024;  // of one body
    static constexpr std::size_t trailers_limit = 4 * 1024;
    static constexpr std::size_t trailer_fields_limit = 32;

    enum class State : std::uint8_t {
        need_more,  // everything given was taken
        data,
        end,
        malformed,
        trailers_too_large,
        too_large,  // a chunk announces more than the limit leaves
    };

    struct Step {
        State state;
        std::size_t taken;      // bytes of the input that are done with, `data` included
        std::string_view data;  // a part of the input; not empty with State::data
    };

    // Takes bytes from the front of `input` up to the next piece of data. After an end or a
    // refusal: not to be called.
    Step decode(std::string_view input) noexcept;

    // The data bytes of the whole body together. May be called at any time.
    void set_limit(std::uint64_t bytes) noexcept { limit_ = bytes; }

  private:
    enum class Place : std::uint8_t {
        size_start,
        size,
        after_word,  // behind a size or a value, where the line or the extension can end
        before_semicolon,
        before_name,
        name,
        after_name,
        before_value,
        token_value,
        quoted_value,
        quoted_pair,
        line_lf,
        data,
        data_cr,
        data_lf,
        trailer_start,
        trailer_name,
        trailer_value,
        trailer_lf,
        last_lf,
    };

    std::size_t skip_word(std::string_view input) noexcept;
    State step(char byte) noexcept;
    State size(char byte) noexcept;
    State extension(char byte) noexcept;
    State extension_name(char byte) noexcept;
    State extension_value(char byte) noexcept;
    State after_word(char byte) noexcept;
    State chunk_line_ended(char byte) noexcept;
    State trailer(char byte) noexcept;
    State trailer_begins(char byte) noexcept;
    State go_if(Place place, bool allowed) noexcept;

    Place place_ = Place::size_start;
    std::uint16_t line_ = 0;        // bytes of the chunk line so far
    std::uint16_t extensions_ = 0;  // bytes of all extensions so far
    std::uint16_t trailers_ = 0;
    std::uint16_t trailer_fields_ = 0;
    std::uint64_t left_ = 0;      // of the chunk
    std::uint64_t received_ = 0;  // of the body, announced chunks included
    std::uint64_t limit_ = std::numeric_limits<std::uint64_t>::max();
};

}  // namespace weft
