// What every fuzz target is made of: the function that takes any bytes whatever, and the means to
// say what must hold for all of them. With libFuzzer's main the target is fuzzed, with
// corpus_main.cpp it reads its corpus as an ordinary test.
#pragma once

#include <cstddef>
#include <random>
#include <string_view>

namespace weft::fuzz {

// What one input may cost: `memory` is the peak of what is allocated at once, in bytes.
struct Budget {
    std::size_t memory = 1 << 20;            // whatever the input
    std::size_t memory_per_byte = 10;        // and for each byte of it
    std::size_t microseconds_per_byte = 10;  // of CPU time, with sanitizers
};

// Each target defines these two.
extern const Budget budget;
void run(std::string_view bytes);

// Ends the process where it does not hold, so that the fuzzer keeps the input.
void require(bool holds, std::string_view what);

// Choices that depend on the input and on nothing else, so that a finding can be repeated.
std::minstd_rand choices_for(std::string_view bytes);

}  // namespace weft::fuzz
