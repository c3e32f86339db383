// The orders: o-1 to o-10000, each made from the seed and its number alone, and those that were
// posted since, in memory. Any number of threads may use it.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "orders/order.hpp"

namespace stub {

class OrderData {
  public:
    explicit OrderData(std::uint64_t seed);

    std::optional<Order> find(std::string_view id) const;

    // The newest first.
    std::vector<Order> of_user(const std::string& user_id, std::size_t most) const;

    // Gives it the next id and returns that.
    std::string add(Order order);

  private:
    Order order(std::uint64_t number) const;

    const std::uint64_t seed_;
    mutable std::shared_mutex mutex_;  // guards what follows
    std::vector<Order> posted_;
    std::map<std::string, std::vector<std::uint64_t>, std::less<>> numbers_of_user_;  // ascending
};

}  // namespace stub
