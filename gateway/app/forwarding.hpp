// Which header fields cross the gateway (ROUTES.md, Headers): one place for calls of compositions,
// for proxied requests and for proxied answers.
#pragma once

#include <string>
#include <vector>

#include "async/types.hpp"
#include "compose/source.hpp"
#include "http/exchange.hpp"
#include "http/shared_text.hpp"
#include "plan/snapshot.hpp"

namespace weft {

struct OutgoingCall {
    const UpstreamPlan& upstream;
    const Step& step;
    const StepCall& call;
    Duration left;  // of its time
};

// The field lines of the calls that one request makes. Most calls have nothing of their own: what
// is the same for all of those is written once, and all of it for those that begin together.
class CallFieldLines {
  public:
    // `request` outlives it.
    explicit CallFieldLines(const Request& request) : request_{request} {}

    // The step's own first, then the upstream's, then the client's and ours; what comes first
    // replaces what has the same name.
    SharedText of(const OutgoingCall& outgoing);

  private:
    // Of the calls with nothing of their own.
    const SharedText& plain(Duration left);

    const Request& request_;
    std::string without_left_;  // what they have in common, whatever their time
    SharedText plain_;          // the same, with the time that was left to the last of them
    Duration left_{};
};

// The field lines of a proxied request: the upstream's, the client's without hop-by-hop fields,
// Via, and our X-Forwarded-* in the place of whatever it claimed.
std::string proxied_field_lines(
    const Request& request, const UpstreamPlan& upstream, Duration left
);

// The field lines of a proxied answer, without hop-by-hop fields and Content-Length, which is
// framing.
std::string proxied_answer_lines(const ResponseHead& head);

// Whether a step's or client's fields hold an Idempotency-Key, which lets a POST or PATCH be
// repeated.
bool has_idempotency_key(const std::vector<OwnedField>& fields);

}  // namespace weft
