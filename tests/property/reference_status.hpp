// What a status of a service means, in the reference composer.
#pragma once

#include "property/model.hpp"

namespace weft::property {

enum class Fate { success, null, failure };

Fate fate_of(const ModelStep& step, int status);

// What the client gets if a required step fails with that status.
int client_status(const ModelStep& step, int status);

}  // namespace weft::property
