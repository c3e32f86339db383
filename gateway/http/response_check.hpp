// What HTTP.md, "Answers from services", asks of an answer's head beyond its syntax: Connection,
// framing, coding.
#pragma once

#include <cstdint>

#include "http/head_tokens.hpp"
#include "http/message.hpp"
#include "outcome/result.hpp"

namespace weft {

// Which content codings an answer may have: a composition reads bodies, a pass-through does not.
enum class ContentCodings : std::uint8_t { any, identity };

// What the request has to say about its answer.
struct AnswerRules {
    Method method = Method::get;
    ContentCodings codings = ContentCodings::any;
};

// The checked head of an answer, interim or final. Fails with protocol, transfer_coding,
// content_coding.
Result<ResponseHead> check_response(ResponseTokens tokens, const AnswerRules& rules);

}  // namespace weft
