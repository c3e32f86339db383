#include "upstream/balance.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace weft {

Balance::Balance(const std::vector<std::size_t>& instances, BalanceRule rule, Jitter jitter)
    : rule_{rule}, ejection_{instances.empty() ? 0 : instances.back() + 1, std::move(jitter)} {
    for (std::size_t address = 0; address < instances.size(); ++address) {
        addresses_.push_back({.instance = instances[address]});
        if (instances[address] == instances_.size())
            instances_.push_back({.connected_last = address});
    }
}

Balance::Rank Balance::rank(std::size_t instance, TimePoint now) const {
    const std::size_t count = instances_.size();
    const Instance& it = instances_[instance];
    return {
        !it.healthy,
        it.left_alone_until > now || ejection_.is_out(instance, now),
        rule_ == BalanceRule::least_requests ? it.in_flight : 0,
        (instance + count - turn_) % count};
}

void Balance::begin(std::size_t address) noexcept {
    const std::size_t instance = instance_of(address);
    ++instances_[instance].in_flight;
    turn_ = (instance + 1) % instances_.size();
}

std::size_t Balance::choose(TimePoint now) const {
    std::size_t best = 0;
    for (std::size_t i = 1; i < instances_.size(); ++i) {
        if (rank(i, now) < rank(best, now)) best = i;
    }
    return best;
}

std::vector<std::size_t> Balance::order(TimePoint now) const {
    std::vector<std::size_t> order(addresses_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto place = [&](std::size_t address) {
        const Address& at = addresses_[address];
        const bool is_last = instances_[at.instance].connected_last == address;
        return std::tuple{
            at.left_alone_until > now, rank(at.instance, now), is_last ? 0 : 1, address};
    };
    std::ranges::sort(order, {}, place);
    return order;
}

// The trial of an address that has failed before: until it has ended, no other call tries it. One
// that hangs would else draw all calls to itself by having none in flight.
void Balance::connecting(std::size_t address, TimePoint now) noexcept {
    const bool failed_before = addresses_[address].left_alone_until != TimePoint::min();
    if (failed_before) leave_alone(address, now + penalty);
}

void Balance::connected(std::size_t address) noexcept {
    leave_alone(address, TimePoint::min());
    instances_[instance_of(address)].connected_last = address;
}

void Balance::not_connected(std::size_t address, TimePoint now) noexcept {
    leave_alone(address, now + penalty);
}

// An instance is left alone as long as each of its addresses is.
void Balance::leave_alone(std::size_t address, TimePoint until) noexcept {
    addresses_[address].left_alone_until = until;
    const std::size_t instance = instance_of(address);
    TimePoint earliest = TimePoint::max();
    for (const Address& other : addresses_) {
        if (other.instance == instance) earliest = std::min(earliest, other.left_alone_until);
    }
    instances_[instance].left_alone_until = earliest;
}

void Balance::set_healthy(std::size_t instance, bool healthy) noexcept {
    if (instances_[instance].healthy == healthy) return;
    instances_[instance].healthy = healthy;
    if (healthy) {
        --unhealthy_;
    } else {
        ++unhealthy_;
    }
}

}  // namespace weft
