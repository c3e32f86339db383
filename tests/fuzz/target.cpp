#include "fuzz/target.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/cost.hpp"

namespace weft::fuzz {

void require(bool holds, std::string_view what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
    std::abort();
}

std::minstd_rand choices_for(std::string_view bytes) {
    std::uint32_t hash = 2166136261;  // FNV-1a
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619;
    return std::minstd_rand{hash};
}

}  // namespace weft::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // What a target makes once is no cost of the first input.
    [[maybe_unused]] static const bool is_prepared = (weft::fuzz::run(""), true);
    const weft::fuzz::Meter meter;
    weft::fuzz::run({reinterpret_cast<const char*>(data), size});
    meter.check(size);
    return 0;
}
