// The bytes of one file, checked for what nothing that reads them later wants to meet: they are
// valid UTF-8, hold no control character but tab and line ends, and are at most 1 MiB.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostics.hpp"

namespace weft {

// Bytes of the UTF-8 sequence at the start of `text`; 0 if there is none.
std::size_t utf8_length(std::string_view text) noexcept;

class SourceText {
  public:
    static constexpr std::size_t max_bytes = 1 << 20;

    // Nothing, and an error, if the file cannot be read or its bytes are refused.
    static std::optional<SourceText> read(
        const std::filesystem::path& path, std::uint16_t file, Diagnostics& diagnostics
    );
    static std::optional<SourceText> check(
        std::string bytes, std::uint16_t file, Diagnostics& diagnostics
    );

    // Without a byte order mark.
    std::string_view text() const noexcept { return text_; }
    // From the position's byte to the end.
    std::string_view from(Position at) const noexcept;
    // The whole line the position is in, without its end.
    std::string_view line(Position at) const noexcept;
    Position position(std::size_t offset) const noexcept;
    // What lies beyond a line or the text is its end.
    Position position(std::uint32_t line, std::uint32_t column) const noexcept;

  private:
    SourceText(std::string text, std::uint16_t file);

    std::string text_;
    std::uint16_t file_;
    std::vector<std::size_t> line_starts_;
};

}  // namespace weft
