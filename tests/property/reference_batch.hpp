// The calls of a batch step, in the reference composer.
#pragma once

#include <optional>
#include <vector>

#include "property/reference_calls.hpp"

namespace weft::property {

// A different item, and its part in the result.
struct Wanted {
    std::size_t part = 0;
    std::size_t index = 0;
    ModelValue item;
};

class BatchCalls {
  public:
    BatchCalls(const ModelStep& step, const ModelScope& scope, Caller& caller)
        : step_{step}, scope_{scope}, caller_{caller} {}

    // Fills the parts; or what makes a required step fail before a call is made.
    std::optional<ModelFailure> run(std::vector<Wanted> wanted, ModelResult& result);

  private:
    using Call = std::vector<Wanted>;

    std::optional<ModelFailure> run_alone(const Wanted& wanted, ModelResult& result);
    Rendering render_batch(const Call& wanted) const;
    std::optional<ModelFailure> end_refused(
        const Wanted& wanted, const Rendering& why, ModelResult& result
    );
    void make(const Call& call, ModelResult& result);
    void match(const Call& call, const Json& rows, ModelResult& result);
    bool has_two_rows(const Call& call, const Json& rows) const;
    std::vector<Json> rows_of(const Wanted& wanted, const Json& rows) const;

    const ModelStep& step_;
    const ModelScope& scope_;
    Caller& caller_;
};

}  // namespace weft::property
