#include "upstream/breaker_layer.hpp"

#include <utility>

#include "upstream/refused_call.hpp"

namespace weft {
namespace {

Verdict verdict_of_call(const Result<CallAnswer>& answer) {
    return answer.has_value() ? verdict_of(answer->status) : verdict_of(answer.error().kind());
}

}  // namespace

std::shared_ptr<Passage> Passage::through(
    std::shared_ptr<CircuitBreaker> breaker, const Timers& timers, TimePoint deadline
) {
    const auto era = breaker->admit(timers.now());
    if (!era) return nullptr;
    return std::make_shared<Passage>(std::move(breaker), *era, timers, deadline);
}

Passage::Passage(
    std::shared_ptr<CircuitBreaker> breaker,
    CircuitBreaker::Era era,
    const Timers& timers,
    TimePoint deadline
) noexcept
    : breaker_{std::move(breaker)}, era_{era}, timers_{timers}, deadline_{deadline} {}

void Passage::ended(Verdict verdict) {
    if (const auto breaker = std::exchange(breaker_, nullptr))
        breaker->ended(era_, verdict, timers_.now());
}

StartCall through_breaker(
    StartCall next, std::shared_ptr<CircuitBreaker> breaker, LayerPlace place
) {
    return [next = std::move(next),
            breaker = std::move(breaker),
            place](CallRequest request, CallCompletion completion) {
        auto passage = Passage::through(breaker, place.timers, request.deadline);
        if (!passage) return refuse_call(place, FailureKind::unavailable, std::move(completion));
        const auto ended = [passage = std::move(passage), completion = std::move(completion)](
                               Result<CallAnswer> answer, CallRecord record
                           ) {
            passage->ended(verdict_of_call(answer));
            completion(std::move(answer), std::move(record));
        };
        return next(std::move(request), ended);
    };
}

}  // namespace weft
