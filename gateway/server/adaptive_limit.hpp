// How many requests of one kind may be in work at once, learned from how long they take: as many as
// are served without waiting for each other much.
//
// The gradient algorithm of Netflix's concurrency-limits (Gradient2Limit): the latency of a window
// of answers, against what it is without waiting, says by how much to lower the limit; headroom of
// a square root lets it grow. As in Envoy's adaptive concurrency filter, the latency without
// waiting is measured anew by lowering the limit for a moment.
#pragma once

#include <cstddef>
#include <cstdint>

#include "async/time.hpp"

namespace weft {

class AdaptiveLimit {
  public:
    struct Bounds {
        std::size_t least;  // so few do no harm, whatever their latency
        std::size_t most;   // not below `least`

        bool operator==(const Bounds&) const = default;
    };

    // Begins at the most, because a burst is not yet an overload.
    explicit AdaptiveLimit(Bounds bounds) noexcept;

    std::size_t value() const noexcept;

    // The limit has kept somebody out.
    void reached() noexcept { reached_ = true; }
    // A request has been answered; `in_work` counts it.
    void answered(TimePoint began, TimePoint now, std::size_t in_work) noexcept;

  private:
    void close_window(Duration mean, TimePoint now) noexcept;
    void adapt(Duration mean) noexcept;

    Bounds bounds_;
    double limit_;
    Duration undisturbed_{};        // the latency without waiting; zero: not known
    TimePoint measured_{};          // when that was
    bool measuring_ = false;        // the limit is lowered to learn it
    bool reached_ = false;          // since the last measurement
    TimePoint window_began_{};      // later requests know the limit as it is
    Duration sum_{};                // of the latencies in the window
    std::size_t answered_ = 0;      // in the window
    std::size_t most_in_work_ = 0;  // in the window
};

}  // namespace weft
