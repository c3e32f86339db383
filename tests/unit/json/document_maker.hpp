// Small documents from a seed: about half of them valid, the others broken in up to three places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>

namespace weft {

class DocumentMaker {
  public:
    explicit DocumentMaker(std::uint64_t seed) : random_{seed} {}

    std::string make();
    // Below `bound`; the same on every machine.
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

  private:
    std::string_view one_of(std::span<const std::string_view> choices);
    void add_value(int depth);
    void add_array(int depth);
    void add_object(int depth);
    void add_string();
    void add_number();
    void add_space();
    void break_somewhere();

    std::mt19937_64 random_;
    std::string text_;
};

}  // namespace weft
