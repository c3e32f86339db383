// Collects the pieces of a text where they cost next to nothing and hands them on together.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace weft {

// Everything has been handed on to `out` when it is destroyed.
class GatheredText {
  public:
    explicit GatheredText(std::string& out) noexcept : out_{out} {}
    ~GatheredText() {
        if (size_ > 0) hand_on();
    }
    GatheredText(const GatheredText&) = delete;
    GatheredText& operator=(const GatheredText&) = delete;

    // Inline wherever it is called, so that a literal is a few moves.
    [[gnu::always_inline]] GatheredText& raw(std::string_view text) {
        if (text.size() > room()) return beyond_room(text);
        size_ += text.copy(text_.data() + size_, text.size());
        return *this;
    }
    // Inline for one digit, which half of all numbers have.
    GatheredText& number(std::uint64_t value) {
        if (value >= 10 || room() == 0) return long_number(value);
        text_[size_++] = static_cast<char>('0' + value);
        return *this;
    }

    // What was collected goes to `out` now.
    [[gnu::always_inline]] void hand_on() {
        out_.append(text_.data(), size_);
        size_ = 0;
    }

  protected:
    // Where the next piece goes, in bytes how long it may be, and that it is there.
    char* place() noexcept { return text_.data() + size_; }
    std::size_t room() const noexcept { return text_.size() - size_; }
    void placed(std::size_t size) noexcept { size_ += size; }

    std::string& out_;

  private:
    GatheredText& beyond_room(std::string_view text);
    GatheredText& long_number(std::uint64_t value);
    [[gnu::noinline]] GatheredText& any_number(std::uint64_t value);
    void pair(unsigned value) noexcept;

    std::size_t size_ = 0;
    std::array<char, 1024> text_;
};

}  // namespace weft
