// What the client gets when a step fails: ROUTES.md's table of that name, as one function.
#pragma once

#include <cstdint>

#include "outcome/failure.hpp"
#include "plan/snapshot.hpp"

namespace weft {

// Which fields of the service's answer go to the client with it.
enum class PassedFields : std::uint8_t {
    none,
    challenge,  // WWW-Authenticate and Retry-After
};

struct ClientStatus {
    std::uint16_t status = 502;
    PassedFields passed = PassedFields::none;
};

// `upstream` is the step's.
ClientStatus client_status(const Failure& failure, const Step& step, const UpstreamPlan& upstream);

}  // namespace weft
