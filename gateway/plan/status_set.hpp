// A set of HTTP status codes, as `success`, `null_on` and `on_status` write them.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>

namespace weft {

class StatusSet {
  public:
    StatusSet() = default;
    // 100 * `digit` to 100 * `digit` + 99; 1 to 5.
    static StatusSet of_class(std::uint16_t digit) {
        StatusSet set;
        for (std::uint16_t i = 0; i < 100; ++i)
            set.add(static_cast<std::uint16_t>(digit * 100 + i));
        return set;
    }

    // 100 to 599.
    void add(std::uint16_t status) { codes_.set(status - first); }
    void add(const StatusSet& other) { codes_ |= other.codes_; }
    bool has(std::uint16_t status) const noexcept {
        return status >= first && status < first + codes_.size() && codes_.test(status - first);
    }
    bool empty() const noexcept { return codes_.none(); }
    bool operator==(const StatusSet&) const = default;

  private:
    static constexpr std::size_t first = 100;
    std::bitset<500> codes_;
};

}  // namespace weft
