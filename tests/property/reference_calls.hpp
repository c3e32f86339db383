// How a call, or what keeps it from being made, ends for a step, in the reference composer.
#pragma once

#include <set>

#include "property/reference_render.hpp"

namespace weft::property {

class Caller {
  public:
    Caller(const ModelRoute& route, const Services& services)
        : route_{route}, services_{services} {}

    ModelPart call(const ModelStep& step, const Asked& asked);
    // An answer, also a missing row's 404.
    ModelPart judge(const ModelStep& step, const Said& said);
    Said ask(const Asked& asked) const { return services_(asked); }
    ModelPart failed(const ModelStep& step, ModelFailure failure);
    ModelPart failed_list(const ModelStep& step, ModelFailure failure);

    // A step, or an item, that is skipped.
    static ModelPart skipped(const ModelStep& step);
    static ModelPart skipped_list() { return {}; }

    // What the failures of required steps would answer.
    const std::set<int>& problems() const { return problems_; }

  private:
    bool is_read(const ModelStep& step) const;

    const ModelRoute& route_;
    const Services& services_;
    std::set<int> problems_;
};

// The failure of a call that got no answer.
ModelFailure no_answer(const Said& said);

}  // namespace weft::property
