// Who may begin: a worker's requests in work stay below a fixed ceiling, and those of each route
// below a limit that follows its latency. What is beyond is refused at once; nobody waits here.
#pragma once

#include <cstddef>
#include <cstdint>

#include "async/time.hpp"
#include "server/adaptive_limit.hpp"
#include "telemetry/counters.hpp"

namespace weft {

// What one worker has in work of one route.
class RouteLoad {
  public:
    explicit RouteLoad(AdaptiveLimit::Bounds bounds) noexcept : bounds_{bounds}, limit_{bounds} {}

    const AdaptiveLimit::Bounds& bounds() const noexcept { return bounds_; }
    bool is_full() noexcept;

  private:
    friend class InWork;

    AdaptiveLimit::Bounds bounds_;
    AdaptiveLimit limit_;
    std::size_t in_work_ = 0;
};

// One request that is worked on, until it is destroyed.
class InWork {
  public:
    InWork(RouteLoad& load, TimePoint began) noexcept : load_{load}, began_{began} {
        ++load_.in_work_;
    }
    ~InWork() { --load_.in_work_; }
    InWork(const InWork&) = delete;
    InWork& operator=(const InWork&) = delete;

    // The answer's head is here, and nothing of the time since `began` was the client's.
    void answered(std::uint16_t status, TimePoint now) noexcept;

  private:
    RouteLoad& load_;
    TimePoint began_;
};

class Admission {
  public:
    // The counters know what is in work, and are told of who is refused.
    Admission(WorkerCounters& counters, std::size_t ceiling) noexcept
        : counters_{counters}, ceiling_{ceiling} {}

    void set_ceiling(std::size_t ceiling) noexcept { ceiling_ = ceiling; }

    // Of a request that the counters know already.
    bool admits(RouteLoad& load) noexcept;

    // While a client sends a body it costs its connection, and is not in work.
    class Waiting {
      public:
        explicit Waiting(Admission& admission) noexcept : admission_{admission} {
            ++admission_.waiting_;
        }
        ~Waiting() { --admission_.waiting_; }
        Waiting(const Waiting&) = delete;
        Waiting& operator=(const Waiting&) = delete;

      private:
        Admission& admission_;
    };

  private:
    WorkerCounters& counters_;
    std::size_t ceiling_;
    std::size_t waiting_ = 0;
};

}  // namespace weft
