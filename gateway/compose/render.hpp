// From a step's templates to a call in which nothing is a template any more, every value escaped by
// its position.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "compose/source.hpp"
#include "compose/value.hpp"

namespace weft {

// Something the step reads has no value, because the step or item that should give it failed or was
// skipped.
struct Unavailable {};

using Rendered = std::variant<StepCall, Failure, Unavailable>;

// The call of `scope.step`, without a deadline. The failure names the step and whose fault it is.
Rendered render_call(StepIndex index, const Scope& scope);

// The call of `scope.step`'s batch for `scope.items`, likewise.
Rendered render_batch_call(StepIndex index, const Scope& scope);

// The value of a header of the answer; nothing if a value is missing or must not stand in one.
std::optional<std::string> render_header(const TextTemplate& text, const Scope& scope);

// A failure of what an expression gave: the client's fault where it is the request's. `in_it` is
// what is to blame in the expression; may be null.
Failure input_failure(
    FailureKind kind, const Expression& expression, const Reference* in_it, const Scope& scope
);

}  // namespace weft
