// Collects the pieces of a log line where they cost next to nothing and hands them on together.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace weft {

// Everything has been handed on to `out` when it is destroyed.
class LineText {
  public:
    explicit LineText(std::string& out) noexcept : out_{out} {}
    ~LineText() { hand_on(); }
    LineText(const LineText&) = delete;
    LineText& operator=(const LineText&) = delete;

    // Inline, so that a literal is a few moves.
    LineText& raw(std::string_view text) {
        if (text.size() > room()) hand_on();
        if (text.size() > room()) {
            out_ += text;
            return *this;
        }
        std::memcpy(text_.data() + size_, text.data(), text.size());
        size_ += text.size();
        return *this;
    }
    LineText& number(std::uint64_t value);
    // As append_logged_text().
    LineText& foreign(std::string_view text);

  private:
    std::size_t room() const noexcept { return text_.size() - size_; }
    void hand_on();

    std::string& out_;
    std::size_t size_ = 0;
    std::array<char, 1024> text_;
};

}  // namespace weft
