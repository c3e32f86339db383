// Puts an answer's body together: small parts are copied into one text, large ones are spliced as
// they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weft {

class Pieces {
  public:
    // From here on a copy costs more than one more piece to be sent.
    static constexpr std::size_t large = 16 << 10;  // bytes

    // `text` takes the copies, and with what is spliced must outlive the result of take(). More
    // than `limit` bytes are not taken.
    Pieces(std::string& text, std::uint64_t limit)
        : text_{text}, limit_{limit}, copied_{text.size()} {}

    void append(std::string_view bytes) {
        bytes.size() < large ? append_copy(bytes) : splice(bytes);
    }
    // For bytes that do not last, however many they are.
    void append_copy(std::string_view bytes) {
        if (take_in(bytes.size())) text_ += bytes;
    }

    bool over_limit() const noexcept { return over_limit_; }

    // To go back to what it was here.
    struct Mark {
        std::size_t segments;
        std::size_t copied;
        std::size_t text_size;
        std::uint64_t size;
    };
    Mark mark() const noexcept { return {segments_.size(), copied_, text_.size(), size_}; }
    void rewind(const Mark& mark);

    // The whole body, in order. Nothing is appended after it.
    std::vector<std::string_view> take() const;

  private:
    struct Segment {
        const char* spliced;  // null: of the text, which moves while it grows
        std::size_t offset;   // in the text
        std::size_t size;
    };

    void splice(std::string_view bytes);
    bool take_in(std::size_t size) noexcept {
        if (size > limit_ - size_) over_limit_ = true;
        if (over_limit_) return false;
        size_ += size;
        return true;
    }

    std::string& text_;
    std::uint64_t limit_;
    std::uint64_t size_ = 0;
    bool over_limit_ = false;
    std::vector<Segment> segments_;
    std::size_t copied_;  // what stands in the text behind them is the last piece
};

}  // namespace weft
