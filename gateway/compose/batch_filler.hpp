// Shares the items of a batch step out to calls: in their order, each call as full as it may be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "compose/render.hpp"

namespace weft {

inline constexpr std::size_t max_batch_target = 8 << 10;  // bytes: what HTTP services take

// Different items, and beside each its part, in the same order.
struct WantedItems {
    std::vector<Value> values;
    std::vector<std::uint32_t> parts;

    std::size_t size() const noexcept { return parts.size(); }
};

// An item that cannot be asked for.
struct RefusedItem {
    std::uint32_t part = 0;
    std::optional<Failure> failure;  // nothing: it is skipped, with a step that has no value
};

struct FilledCalls {
    std::vector<BatchCall> calls;
    std::vector<RefusedItem> refused;
};

class BatchFiller {
  public:
    BatchFiller(StepIndex index, const Run& run, WantedItems wanted);

    // Each item is in one call, or refused. Renders few times as many items as there are, however
    // they have to be split.
    FilledCalls fill() &&;

  private:
    struct Filled {
        std::size_t items = 0;
        StepCall call;
    };

    Rendered render(std::size_t first, std::size_t count) const;
    Filled fullest(std::size_t first, std::size_t most) const;
    void drop_refused(std::size_t first);
    void add(std::size_t first, Filled filled);

    const StepIndex index_;
    const Run& run_;
    const Step& step_;
    WantedItems wanted_;
    FilledCalls filled_;
    std::uint64_t held_ = 0;  // bytes of the bodies of filled_
    std::size_t guess_;       // how many items the next call will hold
    bool checked_ = false;    // each item that is left fits in a call by itself
};

}  // namespace weft
