// What a composed route will do, worked out from its plan: the facts that each way of showing it
// shows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/snapshot.hpp"

namespace weft {

// What a step reads of another.
struct OutlineNeed {
    StepIndex step = 0;
    std::string text;  // as written: `order.user_id`
};

struct OutlineLoop {
    std::uint64_t calls = 0;      // at most, batched where there is a batch
    std::uint64_t unbatched = 0;  // at most, one for each item
    std::uint64_t rounds = 1;     // at most: of calls that run at the same time
};

struct OutlineStep {
    const Step* step = nullptr;
    std::string_view upstream;
    std::uint32_t wave = 1;
    std::string target;               // as written; of a step that only has a batch: the batch's
    std::vector<OutlineNeed> needs;   // each text once, in the order of their places
    std::vector<StepIndex> after;     // waits for these without reading them
    std::string when;                 // as written; empty: always
    std::optional<OutlineLoop> loop;  // of a for_each step
};

// Who sees a header of the client beyond the fixed set.
struct OutlineHeader {
    std::string name;                         // lower case
    std::vector<std::string_view> upstreams;  // in the order of the steps
};

struct Outline {
    const Plan* plan = nullptr;
    std::vector<OutlineStep> steps;  // in declared order
    std::uint64_t certain_calls = 0;
    std::uint64_t possible_calls = 0;         // besides: of loops, and of steps with `when`
    std::uint64_t unbatched_calls = 0;        // the same if no call is a batch
    std::vector<StepIndex> slowest;           // the chain of steps that takes longest
    milliseconds slowest_time{0};             // if each step's calls run in one round
    milliseconds slowest_rounds{0};           // with all rounds of the slowest chain of those
    std::vector<std::string_view> upstreams;  // that it calls, each once
    std::vector<OutlineHeader> headers;
};

// `plan`, of the snapshot, has steps. Both outlive the outline.
Outline outline(const Plan& plan, const Snapshot& snapshot);

}  // namespace weft
