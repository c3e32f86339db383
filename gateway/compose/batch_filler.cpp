#include "compose/batch_filler.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace weft {

BatchFiller::BatchFiller(StepIndex index, const Run& run, WantedItems wanted)
    : index_{index},
      run_{run},
      step_{run.step(index)},
      wanted_{std::move(wanted)},
      guess_{step_.batch->max_size} {}

FilledCalls BatchFiller::fill() && {
    for (std::size_t at = 0; at < wanted_.size();) {
        const std::size_t most = std::min<std::size_t>(step_.batch->max_size, wanted_.size() - at);
        Filled filled = fullest(at, most);
        if (filled.items == 0) {
            drop_refused(at);
            continue;
        }
        guess_ = filled.items;
        const std::size_t next = at + filled.items;
        add(at, std::move(filled));
        at = next;
    }
    return std::move(filled_);
}

// Up by doubling, then between the most items that fit and the fewest that do not. Nothing, if
// something does not fit and it is not known yet whether that is for an item of its own.
BatchFiller::Filled BatchFiller::fullest(std::size_t first, std::size_t most) const {
    Filled best;
    std::size_t too_many = most + 1;
    for (std::size_t count = std::min(guess_, most); best.items + 1 < too_many;) {
        Rendered rendered = render(first, count);
        if (auto* call = std::get_if<StepCall>(&rendered)) {
            best = {count, std::move(*call)};
        } else if (!checked_) {
            return {};
        } else {
            too_many = count;
        }
        count = too_many > most ? std::min(2 * count, most) : (best.items + too_many) / 2;
    }
    return best;
}

Rendered BatchFiller::render(std::size_t first, std::size_t count) const {
    Scope scope{run_, &step_};
    scope.items = std::span{wanted_.values}.subspan(first, count);
    Rendered rendered = render_batch_call(index_, scope);
    const auto* call = std::get_if<StepCall>(&rendered);
    if (call == nullptr) return rendered;
    const std::uint64_t free = run_.snapshot->limits.max_answer - held_;
    if (call->target.size() <= max_batch_target && call->body.size() <= free) return rendered;
    return input_failure(FailureKind::invalid_value, step_.for_each->list, nullptr, scope);
}

void BatchFiller::drop_refused(std::size_t first) {
    std::size_t kept = first;
    for (std::size_t i = first; i < wanted_.size(); ++i) {
        const Rendered alone = render(i, 1);
        if (std::holds_alternative<StepCall>(alone)) {
            std::swap(wanted_.values[kept], wanted_.values[i]);
            std::swap(wanted_.parts[kept], wanted_.parts[i]);
            ++kept;
            continue;
        }
        RefusedItem& refused = filled_.refused.emplace_back();
        refused.part = wanted_.parts[i];
        if (const auto* failure = std::get_if<Failure>(&alone)) refused.failure = *failure;
    }
    wanted_.values.resize(kept);
    wanted_.parts.resize(kept);
    checked_ = true;
}

void BatchFiller::add(std::size_t first, Filled filled) {
    BatchCall& call = filled_.calls.emplace_back();
    call.step = index_;
    call.first = wanted_.parts[first];
    call.last = wanted_.parts[first + filled.items - 1] + 1;
    held_ += filled.call.body.size();
    call.call = std::move(filled.call);
}

}  // namespace weft
