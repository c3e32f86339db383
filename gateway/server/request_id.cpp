#include "server/request_id.hpp"

#include <array>
#include <random>
#include <string_view>

namespace weft {
namespace {

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
    constexpr std::string_view hex = "0123456789abcdef";
    std::array<char, 32> digits;
    for (std::size_t half = 0; half < digits.size(); half += 16) {
        std::uint64_t bits = next();
        for (std::size_t i = 0; i < 16; ++i, bits >>= 4) digits[half + i] = hex[bits & 0x0f];
    }
    id.assign(digits.data(), digits.size());
}

}  // namespace weft
