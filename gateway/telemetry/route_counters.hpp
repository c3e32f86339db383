// How many requests of each route were answered, by class of status. Each worker writes its own
// counters; any thread reads their sums at any time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "telemetry/counters.hpp"

namespace weft {

class RouteCounters {
  public:
    using Classes = std::array<std::uint64_t, 6>;  // by first digit of the status; 0: none was sent

    // Routes that `before` (which may be null) has, too, go on counting from there.
    RouteCounters(
        const std::vector<std::string>& routes, std::size_t workers, const RouteCounters* before
    );

    // On the thread of that worker. A route that is not known here is not counted; an empty one
    // stands for requests that no route matched.
    void count(std::size_t worker, std::string_view route, std::uint16_t status) noexcept;

    std::map<std::string, Classes> read() const;

  private:
    // A cache line of each worker's own.
    struct alignas(64) OfWorker {
        std::array<Counter, 6> classes;
    };
    using OfRoute = std::vector<OfWorker>;

    std::map<std::string, std::shared_ptr<OfRoute>, std::less<>> routes_;
};

}  // namespace weft
