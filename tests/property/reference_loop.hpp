// The results of a for_each step for the items of its list, in the reference composer.
#pragma once

#include "property/reference_calls.hpp"

namespace weft::property {

// `scope` is the step's, without an item. With or without a batch.
ModelResult run_items(
    const ModelStep& step, const ModelList& list, const ModelScope& scope, Caller& caller
);

}  // namespace weft::property
