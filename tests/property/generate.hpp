// Random compositions, random answers, random requests: small, so that what goes wrong can be read,
// and rich in what is missing, null, of the wrong type or refused.
#pragma once

#include <cstdint>
#include <random>

#include "property/reference_composer.hpp"

namespace weft::property {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_{seed} {}

    std::size_t below(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>{0, count - 1}(engine_);
    }
    bool percent(std::size_t chance) { return below(100) < chance; }
    template <class T, std::size_t count>
    const T& one_of(const T (&choices)[count]) {
        return choices[below(count)];
    }

  private:
    std::mt19937_64 engine_;
};

ModelRoute random_route(Dice& dice);
ModelRequest random_request(Dice& dice);

// The same target has the same answer.
Services random_services(std::uint64_t seed);

}  // namespace weft::property
