// Which instances of a service are left out for a while because their answers fail: five bad ones
// in a row take an instance out for a second, and the next bad one after that for twice as long.
// Never more than half of them at a time, so never the last. Plain data: no clock and no timer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "async/time.hpp"
#include "upstream/jitter.hpp"
#include "upstream/verdict.hpp"

namespace weft {

class Ejection {
  public:
    static constexpr std::uint32_t failures = 5;  // in a row
    static constexpr Duration shortest = std::chrono::seconds{1};
    static constexpr Duration longest = std::chrono::seconds{30};

    Ejection(std::size_t instances, Jitter jitter);

    void ended(std::size_t instance, Verdict verdict, TimePoint now);
    bool is_out(std::size_t instance, TimePoint now) const noexcept {
        return instances_[instance].out_until > now;
    }

  private:
    struct Instance {
        std::uint32_t failures = 0;  // in a row
        Duration next = shortest;
        TimePoint out_until = TimePoint::min();
    };

    std::vector<Instance> instances_;
    Jitter jitter_;
};

}  // namespace weft
