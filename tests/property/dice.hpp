// Chance that can be repeated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

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
    template <class List>
    const auto& any_of(const List& list) {
        return list[below(list.size())];
    }

  private:
    std::mt19937_64 engine_;
};

}  // namespace weft::property
