#include "json/skip.hpp"

#include <cstddef>
#include <cstdint>

namespace weft {

namespace {

// Brackets and braces differ in one bit only.
constexpr char folded(char c) noexcept { return static_cast<char>(c | 0x20); }

#ifdef __SSE2__
// What stands in 64 bytes, a bit for each byte.
struct Block {
    std::uint64_t quotes = 0;
    std::uint64_t backslashes = 0;
    std::uint64_t opening = 0;  // brackets and braces, also those in strings
    std::uint64_t closing = 0;
};

std::uint64_t equal(__m128i bytes, char c) noexcept {
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c))));
}

Block block_at(const char* at) noexcept {
    Block block;
    for (unsigned i = 0; i < 64; i += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + i));
        const __m128i low = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        block.quotes |= equal(bytes, '"') << i;
        block.backslashes |= equal(bytes, '\\') << i;
        block.opening |= equal(low, '{') << i;
        block.closing |= equal(low, '}') << i;
    }
    return block;
}

// From each opening quote, included, up to its closing one.
std::uint64_t inside_strings(std::uint64_t quotes) noexcept {
    for (unsigned i = 1; i < 64; i *= 2) quotes ^= quotes << i;
    return quotes;
}
#endif

class ContainerSkipper {
  public:
    ContainerSkipper(const char* at, const char* end) noexcept : at_{at}, end_{end} {}

    const char* skip() noexcept {
#ifdef __SSE2__
        // Most are small.
        const char* const near = end_ - at_ >= 32 ? at_ + 32 : end_;
        if (skip_bytes(near)) return at_;
        while (end_ - at_ >= 64) {
            if (skip_block()) return at_;
        }
#endif
        skip_bytes(end_);
        return at_;
    }

  private:
#ifdef __SSE2__
    // Whether the container ends in it. Between two blocks at_ is never inside of a string.
    bool skip_block() noexcept {
        const Block block = block_at(at_);
        const std::uint64_t strings = inside_strings(block.quotes);
        // What follows a backslash is left to those who read strings one by one.
        const auto sound = static_cast<unsigned>(std::countr_zero(block.backslashes));
        if (sound == 0) return skip_bytes(at_ + 1);
        const std::uint64_t known = sound == 64 ? ~0ULL : (1ULL << sound) - 1;
        const std::uint64_t opening = block.opening & ~strings & known;
        std::uint64_t closing = block.closing & ~strings & known;
        std::size_t closed = 0;
        for (; closing != 0; closing &= closing - 1) {
            const auto bit = static_cast<unsigned>(std::countr_zero(closing));
            const std::uint64_t before = opening & ((1ULL << bit) - 1);
            if (open_ + static_cast<std::size_t>(std::popcount(before)) == ++closed) {
                at_ += bit + 1;
                return true;
            }
        }
        open_ += static_cast<std::size_t>(std::popcount(opening)) - closed;
        const bool ends_in_string = (strings & known) >> (sound - 1) & 1;
        if (!ends_in_string) {
            at_ += sound;
        } else {
            const std::uint64_t opens = block.quotes & known;
            at_ = skip_string(at_ + 63 - std::countl_zero(opens), end_);
        }
        return false;
    }
#endif

    // Up to `near` or a little further. Whether the container ends there.
    bool skip_bytes(const char* near) noexcept {
        while (at_ < near) {
            const char c = *at_;
            if (c == '"') {
                at_ = skip_string(at_, end_);
                continue;
            }
            ++at_;
            if (folded(c) == '{') ++open_;
            if (folded(c) == '}' && --open_ == 0) return true;
        }
        return false;
    }

    const char* at_;
    const char* end_;
    std::size_t open_ = 0;
};

}  // namespace

const char* skip_escaped_string(const char* at, const char* end) noexcept {
    while (end - at >= 2) {
        at = find_string_end(at + 2, end);
        if (at == end) return end;
        if (*at == '"') return at + 1;
    }
    return end;
}

const char* skip_container(const char* at, const char* end) noexcept {
    return ContainerSkipper{at, end}.skip();
}

}  // namespace weft
