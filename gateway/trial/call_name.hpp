// What tells one call to an upstream from another: its method and target, by what they mean and not
// by how they are encoded.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.hpp"

namespace weft {

class CallName {
  public:
    CallName() = default;
    // Nothing if `target` is no origin-form (RFC 9112 section 3.2.1).
    static std::optional<CallName> of(Method method, std::string_view target);

    // Parameters may stand in any order.
    bool operator==(const CallName&) const = default;

    // How much of the other is the same, for finding the nearest of several.
    std::size_t likeness(const CallName& other) const;

  private:
    Method method_ = Method::get;
    std::vector<std::string> segments_;                            // decoded
    std::vector<std::pair<std::string, std::string>> parameters_;  // decoded, sorted
};

}  // namespace weft
