// What a request may be called by its client (X-Request-Id).
#pragma once

#include <string_view>

namespace weft {

// Whether it matches [A-Za-z0-9._-]{1,64}.
bool is_request_id(std::string_view text) noexcept;

}  // namespace weft
