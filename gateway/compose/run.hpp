// The state of one run: what was asked, how each step stands, and the bytes that came in. One
// object, shared with the answer that is spliced out of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compose/inputs.hpp"
#include "compose/item_index.hpp"
#include "compose/readiness.hpp"
#include "compose/source.hpp"
#include "json/locate.hpp"
#include "plan/snapshot.hpp"

namespace weft {

enum class PartState : std::uint8_t { rendered, running, succeeded, failed, skipped };

// A step's result, or one of the different results of a for_each step: one call, or what kept it
// from being made. Does not move once its call has been started, because values point into its
// body.
struct Part {
    // As StepCall().
    Part() {}

    StepIndex step = 0;
    PartState state = PartState::skipped;
    std::uint16_t status = 0;  // of the answer; 0: there was none
    bool has_value =
        false;      // `value` and what is in it can be read: it succeeded, or a fallback stands in
    StepCall call;  // until it is started
    CancelHandle cancel;  // while it runs
    std::string body;
    JsonValue value{JsonType::null, "null"};
    std::unique_ptr<Located> members;  // of `value`; null: none of them is read
    std::optional<Failure> failure;
    // Of the answer: all if it was not a success, else those in Step::headers_read.
    std::vector<OwnedField> fields;

    // Of `members`, or where there is nothing.
    const Located& located() const noexcept;
};

// One call for several parts of a batch step: those from `first` up to `last` that have not ended
// before it is made. As a Part does, it stays where it is once it has been started.
struct BatchCall {
    StepIndex step = 0;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    StepCall call;        // until it is started
    CancelHandle cancel;  // while it runs
    std::string body;     // of which the parts' values are rows
};

// One step. A plain one is its `whole`; a for_each step has its results in `parts`, and uses
// `whole` when the list itself failed or was skipped.
struct StepRun {
    // As StepCall().
    StepRun() {}

    Part whole;
    std::vector<Part> parts;
    std::vector<BatchCall> batches;     // where there are any, they are made for the parts
    std::vector<std::uint32_t> places;  // of each item: the index of its part
    ItemIndex items;                    // where the plan looks results up by their items
    std::size_t next = 0;        // the first part or batch that has not been looked at for starting
    std::size_t running = 0;     // calls
    std::size_t unfinished = 0;  // parts
};

struct Run {
    std::shared_ptr<const Snapshot> snapshot;
    const Plan* plan = nullptr;
    const ComposePlan* compose = nullptr;
    RequestInputs inputs;
    Located request_body;
    Located unread;  // of bodies that are only read whole: what is in it is not looked at
    std::vector<StepStatus> statuses;  // beside compose->steps, as `steps`
    std::vector<StepRun> steps;
    std::uint64_t held = 0;  // bytes of all bodies
    std::string answer;      // the parts of the answer that are not spliced

    const Step& step(StepIndex index) const { return compose->steps[index]; }
    const UpstreamPlan& upstream_of(StepIndex index) const {
        return snapshot->upstreams[step(index).upstream];
    }
};

inline std::span<Part> parts_of(const Step& step, StepRun& run) {
    return step.for_each ? std::span{run.parts} : std::span{&run.whole, 1};
}

// The first result of a for_each step whose item's text is that of `key` (a JsonValue or a text);
// null if there is none. Step::looked_up is set.
template <class Key>
const Part* look_up(const StepRun& step, const Key& key) {
    const std::uint32_t place = step.items.find(key);
    return place == ItemIndex::none ? nullptr : &step.parts[step.places[place]];
}

// Of all of them, whoever makes the call.
inline std::span<Part> parts_of(const BatchCall& call, StepRun& run) {
    return std::span{run.parts}.subspan(call.first, call.last - call.first);
}

// Whether anything but the whole document is looked for.
inline bool reads_members(const PathSet& paths) noexcept { return paths.nodes().size() > 1; }

// Whether nothing failed: the one place that decides if an answer is partial.
bool is_complete(const Run& run) noexcept;

}  // namespace weft
