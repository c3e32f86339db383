// Which instance of a service a call goes to: the one with the fewest calls in flight, in turn
// among equals. An instance that could not be connected to, whose answers fail, or that a check
// found unhealthy is left alone, as long as there are others. Plain data: no clock and no socket.
#pragma once

#include <cstddef>
#include <vector>

#include "async/time.hpp"
#include "upstream/ejection.hpp"
#include "upstream/policies.hpp"

namespace weft {

class Balance {
  public:
    // How long an address is left alone that could not be connected to. Then one call tries it.
    static constexpr Duration penalty = std::chrono::seconds{1};

    // For each address, the instance it belongs to: 0 and up, without gaps, in ascending order.
    explicit Balance(
        const std::vector<std::size_t>& instances,
        BalanceRule rule = BalanceRule::least_requests,
        Jitter jitter = random_jitter()
    );

    std::size_t instance_of(std::size_t address) const { return addresses_[address].instance; }
    std::size_t instances() const noexcept { return instances_.size(); }

    // The instance the next call goes to.
    std::size_t choose(TimePoint now) const;
    // All addresses, in the order in which to try to connect; the first is one of that instance.
    std::vector<std::size_t> order(TimePoint now) const;

    // Of a call over a connection to that address.
    void begin(std::size_t address) noexcept;
    void end(std::size_t address) noexcept { --instances_[instance_of(address)].in_flight; }

    void connecting(std::size_t address, TimePoint now) noexcept;
    void connected(std::size_t address) noexcept;
    void not_connected(std::size_t address, TimePoint now) noexcept;

    // How an exchange with that address has ended.
    void ended(std::size_t address, Verdict verdict, TimePoint now) {
        if (instances_.size() > 1) ejection_.ended(instance_of(address), verdict, now);
    }

    // What a check has found; every instance begins as healthy.
    void set_healthy(std::size_t instance, bool healthy) noexcept;
    bool any_healthy() const noexcept { return unhealthy_ < instances_.size(); }

  private:
    struct Address {
        std::size_t instance = 0;
        TimePoint left_alone_until = TimePoint::min();
    };
    struct Instance {
        std::size_t in_flight = 0;
        std::size_t connected_last = 0;  // one of its addresses
        TimePoint left_alone_until = TimePoint::min();
        bool healthy = true;
    };

    // What comes first is tried first.
    struct Rank {
        bool unhealthy = false;
        bool left_alone = false;
        std::size_t in_flight = 0;
        std::size_t turn = 0;
        auto operator<=>(const Rank&) const = default;
    };
    Rank rank(std::size_t instance, TimePoint now) const;
    void leave_alone(std::size_t address, TimePoint until) noexcept;

    std::vector<Address> addresses_;
    std::vector<Instance> instances_;
    BalanceRule rule_;
    std::size_t unhealthy_ = 0;
    std::size_t turn_ = 0;  // the instance that is first among equals
    Ejection ejection_;
};

}  // namespace weft
