// The products: p-1 to p-500, each made from the seed and its number alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "http_service/answer.hpp"

namespace stub {

class ProductData {
  public:
    explicit ProductData(std::uint64_t seed) : seed_{seed} {}

    std::optional<Json> find(std::string_view id) const;

  private:
    std::uint64_t seed_;
};

}  // namespace stub
