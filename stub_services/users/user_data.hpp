// The users: u-1 to u-1000, each made from the seed and its number alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "http_service/answer.hpp"

namespace stub {

class UserData {
  public:
    explicit UserData(std::uint64_t seed) : seed_{seed} {}

    std::optional<Json> find(std::string_view id) const;

  private:
    std::uint64_t seed_;
};

}  // namespace stub
