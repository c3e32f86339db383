// How many connections each client address has open. An IPv6 client has a whole /64 to itself, so
// that is what counts as one.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <utility>

#include "http/address_range.hpp"

namespace weft {

class AddressCounts {
    using Counts = std::map<AddressBytes, std::size_t>;

  public:
    // One connection's part in its address's count, until it is destroyed.
    class Place {
      public:
        Place() = default;  // of an address that is not counted
        Place(Place&& other) noexcept
            : counts_{std::exchange(other.counts_, nullptr)}, at_{other.at_} {}
        Place& operator=(Place&&) = delete;
        ~Place();

      private:
        friend class AddressCounts;
        Place(Counts& counts, Counts::iterator at) noexcept : counts_{&counts}, at_{at} {}

        Counts* counts_ = nullptr;
        Counts::iterator at_{};
    };

    // Nothing if the address has `most` already. The counts outlive the place.
    std::optional<Place> enter(const AddressBytes& address, std::size_t most);

  private:
    Counts counts_;
};

}  // namespace weft
