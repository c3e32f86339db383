// What a batch call brought, row by row, for the parts that wait for it.
#pragma once

#include <optional>
#include <vector>

#include "compose/run.hpp"

namespace weft {

// Finds the row of each part by its key: in one pass over the body, whatever the service put into
// it, in whatever order.
class BatchAnswer {
  public:
    // The call's body does not move any more.
    BatchAnswer(BatchCall& call, Run& run, Result<StepResult> result);

    // Ends a running part of the call as if it had been asked for by itself: with its row; without
    // one, with 404; or with what is wrong with the whole call.
    void settle(Part& part);

  private:
    void match_rows();
    bool take_row(const JsonValue& row, const JsonValue& key);

    const BatchCall& call_;
    Run& run_;
    StepRun& step_;
    const BatchPlan& plan_;
    std::optional<Failure> failure_;    // of the call
    std::optional<StepResult> answer_;  // whose status says all there is; without its body
    std::vector<JsonValue> rows_;       // by part, from call_.first on; empty text: none
};

}  // namespace weft
