#include "upstream/balance.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace weft {

Balance::Balance(std::vector<std::size_t> instances) {
    for (std::size_t address = 0; address < instances.size(); ++address) {
        addresses_.push_back({.instance = instances[address]});
        if (instances[address] == instances_.size())
            instances_.push_back({.connected_last = address});
    }
}

Balance::Rank Balance::rank(std::size_t instance, TimePoint now) const {
    const std::size_t count = instances_.size();
    return {
        instances_[instance].left_alone_until > now,
        instances_[instance].in_flight,
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

void Balance::connected(std::size_t address) noexcept {
    addresses_[address].left_alone_until = TimePoint::min();
    instances_[instance_of(address)].connected_last = address;
    update(instance_of(address));
}

void Balance::not_connected(std::size_t address, TimePoint now) noexcept {
    addresses_[address].left_alone_until = now + penalty;
    update(instance_of(address));
}

// An instance is left alone as long as each of its addresses is.
void Balance::update(std::size_t instance) noexcept {
    TimePoint until = TimePoint::max();
    for (const Address& address : addresses_) {
        if (address.instance == instance) until = std::min(until, address.left_alone_until);
    }
    instances_[instance].left_alone_until = until;
}

}  // namespace weft
