// From a step's templates to a call, in the reference composer.
#pragma once

#include <string>
#include <variant>

#include "property/reference_values.hpp"

namespace weft::property {

// A call to make, the failure that keeps it from being made, or a value that is not there.
struct Skip {};
using Rendering = std::variant<Asked, ModelFailure, Skip>;

Rendering render(const ModelStep& step, const ModelCall& call, const ModelScope& scope);

// Header values of the response that are absent or cannot be sent are left out.
std::optional<std::string> render_response_header(const ModelText& text, const ModelScope& scope);

// The status of a failure that the expression's value is to blame for.
int blame(const ModelExpression& expression, const ModelStep& step);

}  // namespace weft::property
