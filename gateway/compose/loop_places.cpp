#include "compose/loop_places.hpp"

#include <algorithm>

#include "compose/part.hpp"

namespace weft {

std::uint32_t LoopPlaces::add_part() {
    // A part is large, and most lists are short.
    if (expanded_.parts.empty()) expanded_.parts.reserve(16);
    expanded_.parts.emplace_back().step = index_;
    return static_cast<std::uint32_t>(expanded_.parts.size() - 1);
}

bool LoopPlaces::place(std::uint32_t part) {
    if (expanded_.places.empty()) expanded_.places.reserve(16);
    expanded_.places.push_back(part);
    return true;
}

bool LoopPlaces::place_skipped() {
    if (!skipped_) {
        skipped_ = add_part();
        skip(part(*skipped_), run_);
    }
    return place(*skipped_);
}

// Items that failed alike share a part, so that a hostile list of nothing but bad items stays
// small.
bool LoopPlaces::place_failed(Failure failure) {
    if (run_.step(index_).required) return give_up(std::move(failure));
    const auto alike = [&](std::uint32_t at) {
        const Failure& other = *part(at).failure;
        return other.kind() == failure.kind() && other.fault() == failure.fault();
    };
    const auto known = std::ranges::find_if(failed_, alike);
    if (known != failed_.end()) return place(*known);
    const std::uint32_t at = add_part();
    fail(part(at), run_, std::move(failure));
    failed_.push_back(at);
    return place(at);
}

bool LoopPlaces::can_hold(std::size_t bytes) {
    if (bytes > run_.snapshot->limits.max_answer - held_) return false;
    held_ += bytes;
    return true;
}

bool LoopPlaces::give_up(Failure failure) {
    failure_ = std::move(failure);
    return false;
}

Failure LoopPlaces::list_failure(FailureKind kind, const Reference* by) const {
    const Step& step = run_.step(index_);
    return input_failure(kind, step.for_each->list, by, Scope{run_, &step});
}

Expansion LoopPlaces::take(ListEnd visited) && {
    if (failure_) {
        // The visit ended at a bad item. What is no list behind it makes the whole none, in
        // whatever order the arguments of a function stand.
        const Step& step = run_.step(index_);
        const auto pass = [](const Value&) { return true; };
        visited = visit_items(step.for_each->list, Scope{run_, &step}, pass);
        if (visited.kind == ListKind::list) return std::move(*failure_);
    }
    switch (visited.kind) {
        case ListKind::list:
            return std::move(expanded_);
        case ListKind::unavailable:
            return Unavailable{};
        case ListKind::absent:
            return list_failure(FailureKind::missing_input, visited.by);
        case ListKind::not_a_list:
            return list_failure(FailureKind::not_a_list, visited.by);
        case ListKind::refused:
            break;
    }
    return list_failure(FailureKind::invalid_value, visited.by);
}

}  // namespace weft
