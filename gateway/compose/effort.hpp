// What may still be read for the elements of a `$each`. What stands in its `$value` is evaluated
// for each of them, so that a list in it costs the product of both, of which the answer's size says
// nothing: elements can be left out, and lists counted.
#pragma once

#include <cstdint>

namespace weft {

class Effort {
  public:
    explicit Effort(std::uint64_t bytes) : left_{bytes} {}

    // False: there is not that much left, nor will there be.
    bool spend(std::uint64_t bytes) noexcept {
        left_ = bytes < left_ ? left_ - bytes : 0;
        return left_ > 0;
    }
    bool is_spent() const noexcept { return left_ == 0; }

  private:
    std::uint64_t left_;
};

}  // namespace weft
