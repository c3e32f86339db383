// What the end of a call says about the service: breakers and the choice of instances count these.
#pragma once

#include <cstdint>

#include "async/types.hpp"
#include "outcome/failure.hpp"

namespace weft {

enum class Verdict : std::uint8_t {
    none,           // the gateway's doing, or nobody waited for the end
    good,           // it answered; that it refused (4xx) is an answer
    bad,            // it failed: 5xx, no answer in time, broken messages
    not_connected,  // no connection to it could be made
};

// Why no connection could be made. What the gateway itself has too little of (descriptors, memory,
// local ports: connect(2), socket(2), epoll_ctl(2)) makes it `unavailable`, which is no verdict.
FailureKind connect_failure(const error_code& error) noexcept;

Verdict verdict_of(std::uint16_t status) noexcept;
Verdict verdict_of(FailureKind kind) noexcept;

}  // namespace weft
