// Which instance of a service a call goes to: the one with the fewest calls in flight, in turn
// among equals. An address that could not be connected to is left alone for a while, as long as
// there are others. Plain data: no clock and no socket.
#pragma once

#include <cstddef>
#include <vector>

#include "async/time.hpp"

namespace weft {

class Balance {
  public:
    // How long an address is left alone.
    static constexpr Duration penalty = std::chrono::seconds{1};

    // For each address, the instance it belongs to: 0 and up, without gaps, in ascending order.
    explicit Balance(std::vector<std::size_t> instances);

    std::size_t instance_of(std::size_t address) const { return addresses_[address].instance; }

    // The instance the next call goes to.
    std::size_t choose(TimePoint now) const;
    // All addresses, in the order in which to try to connect; the first is one of that instance.
    std::vector<std::size_t> order(TimePoint now) const;

    // Of a call over a connection to that address.
    void begin(std::size_t address) noexcept;
    void end(std::size_t address) noexcept { --instances_[instance_of(address)].in_flight; }

    void connected(std::size_t address) noexcept;
    void not_connected(std::size_t address, TimePoint now) noexcept;

  private:
    struct Address {
        std::size_t instance = 0;
        TimePoint left_alone_until = TimePoint::min();
    };
    struct Instance {
        std::size_t in_flight = 0;
        std::size_t connected_last = 0;  // one of its addresses
        TimePoint left_alone_until = TimePoint::min();
    };

    // What comes first is tried first.
    struct Rank {
        bool left_alone = false;
        std::size_t in_flight = 0;
        std::size_t turn = 0;
        auto operator<=>(const Rank&) const = default;
    };
    Rank rank(std::size_t instance, TimePoint now) const;
    void update(std::size_t instance) noexcept;

    std::vector<Address> addresses_;
    std::vector<Instance> instances_;
    std::size_t turn_ = 0;  // the instance that is first among equals
};

}  // namespace weft
