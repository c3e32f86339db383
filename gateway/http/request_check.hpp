// What HTTP.md, "Requests", asks of a request head beyond its syntax: method, target, Host,
// Connection, framing, Expect.
#pragma once

#include <string>
#include <string_view>

#include "http/head_tokens.hpp"
#include "http/message.hpp"
#include "outcome/result.hpp"

namespace weft {

class RequestCheck {
  public:
    // Gives the checked head its values. The views are those of the tokens, except that an
    // absolute-form without a path has its target in this object, where it stays until the next
    // call.
    Result<RequestHead> check(RequestTokens tokens);

  private:
    Result<void> check_method(std::string_view method);
    Result<void> check_target(std::string_view target);
    Result<void> check_absolute_form(std::string_view target);
    Result<void> check_host();
    Result<void> check_expectation();
    Result<void> take_origin_form(std::string_view target);

    RequestHead head_;
    std::string_view target_authority_;  // of an absolute-form
    std::string rooted_target_;
};

}  // namespace weft
