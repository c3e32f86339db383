// What the end of a call says about the service: breakers and the choice of instances count these.
#pragma once

#include <cstdint>

#include "outcome/failure.hpp"

namespace weft {

enum class Verdict : std::uint8_t {
    none,           // the gateway's doing, or nobody waited for the end
    good,           // it answered; that it refused (4xx) is an answer
    bad,            // it failed: 5xx, no answer in time, broken messages
    not_connected,  // no connection to it could be made
};

Verdict verdict_of(std::uint16_t status) noexcept;
Verdict verdict_of(FailureKind kind) noexcept;

}  // namespace weft
