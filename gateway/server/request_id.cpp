#include "server/request_id.hpp"

#include <array>
#include <cstring>
#include <random>
#include <string_view>

namespace weft {
namespace {

// The two digits of each byte.
constexpr auto hex_pairs = [] {
    constexpr std::string_view hex = "0123456789abcdef";
    std::array<char, 512> pairs{};
    for (std::size_t byte = 0; byte < 256; ++byte) {
        pairs[2 * byte] = hex[byte & 0x0f];
        pairs[2 * byte + 1] = hex[byte >> 4];
    }
    return pairs;
}();

std::uint64_t system_seed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

}  // namespace

RequestIds::RequestIds() : state_{system_seed()} {}

// splitmix64: every state gives another number, and the states do not repeat within 2^64 steps.
std::uint64_t RequestIds::next() noexcept {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
}

void RequestIds::make(std::string& id) {
    std::array<char, 32> digits;
    for (std::size_t half = 0; half < digits.size(); half += 16) {
        std::uint64_t bits = next();
        for (std::size_t i = 0; i < 16; i += 2, bits >>= 8) {
            std::memcpy(digits.data() + half + i, hex_pairs.data() + 2 * (bits & 0xff), 2);
        }
    }
    id.assign(digits.data(), digits.size());
}

}  // namespace weft
