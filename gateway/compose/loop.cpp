#include "compose/loop.hpp"

#include <utility>

#include "compose/batch_loop.hpp"
#include "compose/distinct_calls.hpp"
#include "compose/loop_places.hpp"

namespace weft {
namespace {

class Expander {
  public:
    Expander(StepIndex index, const Run& run)
        : index_{index}, run_{run}, step_{run.step(index)}, places_{index, run} {}

    Expansion expand() {
        const auto visit = [this](Value&& value) { return add(std::move(value)); };
        const ListEnd end = visit_items(step_.for_each->list, Scope{run_, &step_}, visit);
        return std::move(places_).take(end);
    }

  private:
    // Whether to go on with the next item.
    bool add(Value&& value) {
        if (step_.looked_up) note_text(value);
        if (value.kind == ValueKind::unavailable) return places_.place_skipped();
        Item item{std::move(value), nullptr, places_.next()};
        if (item.value.kind == ValueKind::json && reads_members(step_.item_reads)) {
            locate(item.value.json.text, step_.item_reads, located_);
            // It was validated with its document, so what is wrong can only be a member that is
            // read.
            if (!located_.ok()) {
                return places_.place_failed(Failure{
                    FailureKind::json, "a member stands there twice"});
            }
            item.located = &located_;
        }
        Rendered rendered = render_call(index_, Scope{run_, &step_, &item});
        if (auto* failure = std::get_if<Failure>(&rendered)) {
            return places_.place_failed(std::move(*failure));
        }
        if (std::holds_alternative<Unavailable>(rendered)) return places_.place_skipped();
        return place_call(std::move(std::get<StepCall>(rendered)));
    }

    void note_text(const Value& value) {
        if (value.is_missing()) return;
        const auto text = text_of(value);
        if (text) places_.items().add(*text, places_.next());
    }

    bool place_call(StepCall&& call) {
        if (!places_.can_hold(call.body.size())) {
            return places_.give_up(places_.list_failure(FailureKind::invalid_value));
        }
        const auto call_at = [this](std::uint32_t at) -> const StepCall& {
            return places_.part(at).call;
        };
        std::uint32_t at = distinct_.find(call, call_at);
        if (at == DistinctCalls::none) {
            if (++calls_ > step_.for_each->max_items) {
                return places_.give_up(places_.list_failure(FailureKind::too_many_items));
            }
            at = places_.add_part();
            places_.part(at).call = std::move(call);
            distinct_.add(at, call_at);
            places_.part(at).state = PartState::rendered;
        }
        return places_.place(at);
    }

    const StepIndex index_;
    const Run& run_;
    const Step& step_;
    LoopPlaces places_;
    DistinctCalls distinct_;
    Located located_;
    std::size_t calls_ = 0;
};

}  // namespace

Expansion expand(StepIndex index, const Run& run) {
    return run.step(index).batch ? expand_batch(index, run) : Expander{index, run}.expand();
}

}  // namespace weft
