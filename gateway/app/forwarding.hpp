// Which header fields cross the gateway (ROUTES.md, Headers): one place for calls of compositions,
// for proxied requests and for proxied answers.
#pragma once

#include <string>
#include <vector>

#include "async/types.hpp"
#include "compose/source.hpp"
#include "http/exchange.hpp"
#include "plan/snapshot.hpp"

namespace weft {

struct OutgoingCall {
    const UpstreamPlan& upstream;
    const Step& step;
    const StepCall& call;
    Duration left;  // of its time
};

// The field lines of a step's call: the step's own first, then the upstream's, then the client's
// and ours; what comes first replaces what has the same name.
std::string call_field_lines(const Request& request, const OutgoingCall& outgoing);

// The field lines of a proxied request: the upstream's, the client's without hop-by-hop fields, and
// our X-Forwarded-* in the place of whatever it claimed.
std::string proxied_field_lines(
    const Request& request, const UpstreamPlan& upstream, Duration left
);

// The fields of a proxied answer, without hop-by-hop fields and Content-Length, which is framing.
std::vector<OwnedField> proxied_answer_fields(const ResponseHead& head);

// Whether a step's or client's fields hold an Idempotency-Key, which lets a POST or PATCH be
// repeated.
bool has_idempotency_key(const std::vector<OwnedField>& fields);

}  // namespace weft
