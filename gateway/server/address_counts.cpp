#include "server/address_counts.hpp"

#include <algorithm>

namespace weft {
namespace {

constexpr AddressBytes mapped_ipv4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

AddressBytes counted_as(const AddressBytes& address) noexcept {
    if (std::equal(address.begin(), address.begin() + 12, mapped_ipv4.begin())) return address;
    AddressBytes network{};
    std::copy_n(address.begin(), 8, network.begin());
    return network;
}

}  // namespace

AddressCounts::Place::~Place() {
    if (counts_ != nullptr && --at_->second == 0) counts_->erase(at_);
}

std::optional<AddressCounts::Place> AddressCounts::enter(
    const AddressBytes& address, std::size_t most
) {
    const auto at = counts_.try_emplace(counted_as(address), 0).first;
    if (at->second >= most) return std::nullopt;
    ++at->second;
    return Place{counts_, at};
}

}  // namespace weft
