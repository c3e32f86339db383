#include "compose/batch_loop.hpp"

#include <optional>
#include <utility>

#include "compose/batch_filler.hpp"
#include "compose/loop_places.hpp"
#include "compose/part.hpp"

namespace weft {
namespace {

class BatchExpander {
  public:
    BatchExpander(StepIndex index, const Run& run)
        : index_{index}, run_{run}, step_{run.step(index)}, places_{index, run} {}

    Expansion expand() {
        const auto visit = [this](Value&& value) { return add(std::move(value)); };
        const ListEnd end = visit_items(step_.for_each->list, Scope{run_, &step_}, visit);
        Expansion expansion = std::move(places_).take(end);
        auto* expanded = std::get_if<Expanded>(&expansion);
        if (expanded == nullptr) return expansion;
        const bool alone = wanted_.size() == 1 && step_.has_own_call();
        auto failure = alone ? make_own_call(*expanded) : make_batch_calls(*expanded);
        if (failure) return std::move(*failure);
        return expansion;
    }

  private:
    // Whether to go on with the next item.
    bool add(Value&& value) {
        if (value.kind == ValueKind::unavailable) return places_.place_skipped();
        if (value.is_missing()) return refuse(FailureKind::missing_input);
        const auto text = text_of(value);
        if (!text) return refuse(FailureKind::invalid_value);
        const std::uint32_t first = places_.items().add(*text, places_.next());
        if (first != places_.next()) return places_.place(places_.part_of_place(first));
        if (wanted_.size() == step_.for_each->max_items) {
            return places_.give_up(places_.list_failure(FailureKind::too_many_items));
        }
        if (wanted_.size() == 0) first_place_ = first;
        const std::uint32_t part = places_.add_part();
        places_.part(part).state = PartState::rendered;
        wanted_.values.push_back(std::move(value));
        wanted_.parts.push_back(part);
        return places_.place(part);
    }

    bool refuse(FailureKind kind) { return places_.place_failed(places_.list_failure(kind)); }

    // The failure of a required step, if there is one.
    std::optional<Failure> make_own_call(Expanded& expanded) {
        const Item item{std::move(wanted_.values.front()), nullptr, first_place_};
        Rendered rendered = render_call(index_, Scope{run_, &step_, &item});
        RefusedItem refused{wanted_.parts.front(), std::nullopt};
        if (auto* call = std::get_if<StepCall>(&rendered)) {
            expanded.parts[refused.part].call = std::move(*call);
            return std::nullopt;
        }
        if (auto* failure = std::get_if<Failure>(&rendered)) refused.failure = std::move(*failure);
        return end(expanded, std::move(refused));
    }

    std::optional<Failure> make_batch_calls(Expanded& expanded) {
        FilledCalls filled = BatchFiller{index_, run_, std::move(wanted_)}.fill();
        expanded.batches = std::move(filled.calls);
        for (RefusedItem& refused : filled.refused) {
            auto failure = end(expanded, std::move(refused));
            if (failure) return failure;
        }
        return std::nullopt;
    }

    std::optional<Failure> end(Expanded& expanded, RefusedItem refused) {
        Part& part = expanded.parts[refused.part];
        if (!refused.failure) {
            skip(part, run_);
        } else if (step_.required) {
            return std::move(refused.failure);
        } else {
            fail(part, run_, std::move(*refused.failure));
        }
        return std::nullopt;
    }

    const StepIndex index_;
    const Run& run_;
    const Step& step_;
    LoopPlaces places_;
    WantedItems wanted_;
    std::size_t first_place_ = 0;  // of the first item that is wanted
};

}  // namespace

Expansion expand_batch(StepIndex index, const Run& run) {
    return BatchExpander{index, run}.expand();
}

}  // namespace weft
