// Randomness, injected like time: tests know what comes.
#pragma once

#include <functional>
#include <random>

namespace weft {

// Uniform, from 0 to below 1.
using Jitter = std::function<double()>;

// One that differs between workers and processes.
inline Jitter random_jitter() {
    return [engine = std::minstd_rand{std::random_device{}()}]() mutable {
        return std::uniform_real_distribution<double>{}(engine);
    };
}

}  // namespace weft
