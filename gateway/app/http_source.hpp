// The source of every composition today: a step's call becomes an HTTP call to its upstream, and
// its record a part of the request's.
#pragma once

#include <cstddef>
#include <vector>

#include "app/forwarding.hpp"
#include "app/generation.hpp"
#include "compose/source.hpp"
#include "http/exchange.hpp"
#include "upstream/call.hpp"

namespace weft {

// One for each request; everything it is given outlives it, and it outlives its calls.
class HttpSource final : public Source {
  public:
    HttpSource(Request& request, const ComposePlan& plan, const Generation& generation)
        : request_{request}, plan_{plan}, generation_{generation}, field_lines_{request} {}

    CancelHandle start(StepCall&& call, Completion completion) override;

  private:
    // Kept here, so that what refers to it is an index and needs no memory of its own.
    struct Started {
        StepIndex step;
        Completion completion;
        Call running{};
    };

    CallRequest call_request(StepCall&& call);
    void ended(std::size_t started, Result<StepResult>&& result, CallRecord&& record);
    void cancel(std::size_t started);
    void keep_record(StepIndex index, CallRecord&& record);

    Request& request_;
    const ComposePlan& plan_;
    const Generation& generation_;
    CallFieldLines field_lines_;
    std::vector<Started> calls_;
};

}  // namespace weft
