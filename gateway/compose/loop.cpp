#include "compose/loop.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "compose/distinct_calls.hpp"
#include "compose/items.hpp"
#include "compose/part.hpp"

namespace weft {
namespace {

class Expander {
  public:
    Expander(StepIndex index, const Run& run) : index_{index}, run_{run}, step_{run.step(index)} {}

    Expansion expand() {
        const auto visit = [this](Value value) { return add(std::move(value)); };
        const ListKind kind = visit_items(*step_.for_each, run_, visit);
        if (failure_) return std::move(*failure_);
        switch (kind) {
            case ListKind::list:
                break;
            case ListKind::unavailable:
                if (step_.for_each->list.optional) break;
                return Unavailable{};
            case ListKind::absent:
                if (step_.for_each->list.optional) break;
                return list_failure(FailureKind::missing_input);
            case ListKind::not_a_list:
                return list_failure(FailureKind::not_a_list);
        }
        return std::move(expanded_);
    }

  private:
    Failure list_failure(FailureKind kind) const {
        const Reference& list = *step_.for_each->list.reference();
        return input_failure(kind, list, Scope{run_, &step_, nullptr});
    }

    // Whether to go on with the next item.
    bool add(Value value) {
        if (value.kind == ValueKind::unavailable) return place_skipped();
        Item item{std::move(value), nullptr, expanded_.places.size()};
        if (item.value.kind == ValueKind::json && reads_members(step_.item_reads)) {
            locate(item.value.json.text, step_.item_reads, located_);
            // It was validated with its document, so what is wrong can only be a member that is
            // read.
            if (!located_.ok())
                return place_failed(Failure{FailureKind::json, "a member stands there twice"});
            item.located = &located_;
        }
        Rendered rendered = render_call(index_, Scope{run_, &step_, &item});
        if (auto* failure = std::get_if<Failure>(&rendered))
            return place_failed(std::move(*failure));
        if (std::holds_alternative<Unavailable>(rendered)) return place_skipped();
        return place_call(std::move(std::get<StepCall>(rendered)));
    }

    bool place_call(StepCall call) {
        const auto call_at = [this](std::uint32_t at) -> const StepCall& {
            return expanded_.parts[at].call;
        };
        std::uint32_t at = distinct_.find(call, call_at);
        if (at == DistinctCalls::none) {
            if (++calls_ > step_.for_each->max_items) {
                failure_ = list_failure(FailureKind::too_many_items);
                return false;
            }
            at = add_part();
            distinct_.add(call, at);
            expanded_.parts[at].call = std::move(call);
            expanded_.parts[at].state = PartState::rendered;
        }
        expanded_.places.push_back(at);
        return true;
    }

    bool place_skipped() {
        if (!skipped_) {
            skipped_ = add_part();
            skip(expanded_.parts[*skipped_], run_);
        }
        expanded_.places.push_back(*skipped_);
        return true;
    }

    // Items that failed alike share a part, so that a hostile list of nothing but bad items stays
    // small.
    bool place_failed(Failure failure) {
        if (step_.required) {
            failure_ = std::move(failure);
            return false;
        }
        const auto alike = [&](std::uint32_t at) {
            const Failure& other = *expanded_.parts[at].failure;
            return other.kind() == failure.kind() && other.fault() == failure.fault();
        };
        const auto known = std::ranges::find_if(failed_, alike);
        if (known != failed_.end()) {
            expanded_.places.push_back(*known);
            return true;
        }
        const std::uint32_t at = add_part();
        fail(expanded_.parts[at], run_, std::move(failure));
        failed_.push_back(at);
        expanded_.places.push_back(at);
        return true;
    }

    std::uint32_t add_part() {
        expanded_.parts.emplace_back().step = index_;
        return static_cast<std::uint32_t>(expanded_.parts.size() - 1);
    }

    const StepIndex index_;
    const Run& run_;
    const Step& step_;
    Expanded expanded_;
    DistinctCalls distinct_;
    Located located_;
    std::size_t calls_ = 0;
    std::optional<std::uint32_t> skipped_;
    std::vector<std::uint32_t> failed_;
    std::optional<Failure> failure_;
};

}  // namespace

Expansion expand(StepIndex index, const Run& run) { return Expander{index, run}.expand(); }

}  // namespace weft
