#include "compose/text_hash.hpp"

#include <bit>
#include <boost/endian/conversion.hpp>
#include <cstddef>
#include <random>

namespace weft {
namespace {

class SipState {
  public:
    explicit SipState(const HashKey& key) noexcept
        : v_{key[0] ^ 0x736f6d6570736575,
             key[1] ^ 0x646f72616e646f6d,
             key[0] ^ 0x6c7967656e657261,
             key[1] ^ 0x7465646279746573} {}

    void take(std::uint64_t word) noexcept {
        v_[3] ^= word;
        rounds(2);
        v_[0] ^= word;
    }

    std::uint64_t finish() noexcept {
        v_[2] ^= 0xff;
        rounds(4);
        return v_[0] ^ v_[1] ^ v_[2] ^ v_[3];
    }

  private:
    void rounds(int count) noexcept {
        for (int i = 0; i < count; ++i) {
            half_round(0, 1, 13, 32);
            half_round(2, 3, 16, 0);
            half_round(2, 1, 17, 32);
            half_round(0, 3, 21, 0);
        }
    }

    void half_round(std::size_t a, std::size_t b, int turn_b, int turn_a) noexcept {
        v_[a] += v_[b];
        v_[b] = std::rotl(v_[b], turn_b) ^ v_[a];
        v_[a] = std::rotl(v_[a], turn_a);
    }

    std::array<std::uint64_t, 4> v_;
};

std::uint64_t whole_word(std::string_view bytes) noexcept {
    return boost::endian::load_little_u64(reinterpret_cast<const unsigned char*>(bytes.data()));
}

// The same of fewer than 8 bytes.
std::uint64_t part_of_word(std::string_view bytes) noexcept {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return word;
}

HashKey random_key() {
    std::random_device device;
    const auto word = [&device] { return std::uint64_t{device()} << 32 | device(); };
    return {word(), word()};
}

}  // namespace

std::uint64_t keyed_hash(const HashKey& key, std::string_view text) noexcept {
    SipState state{key};
    const std::size_t size = text.size();
    for (; text.size() >= 8; text.remove_prefix(8)) state.take(whole_word(text));
    state.take(part_of_word(text) | std::uint64_t{size} << 56);
    return state.finish();
}

std::uint64_t text_hash(std::string_view text) {
    static const HashKey key = random_key();
    return keyed_hash(key, text);
}

}  // namespace weft
