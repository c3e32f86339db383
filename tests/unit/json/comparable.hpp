// The libraries and RFC 8259 are known to differ in four things (ARCHITECTURE.md, What Boost 1.81
// and g++ 12.2 force on us): numbers beyond 64 bits or a double, escapes of lone surrogates, a byte
// order mark, a NUL. Each is written here in another way that leaves the verdict of RFC 8259 as it
// is, so that all must agree about every text without exception.
#pragma once

#include <string>
#include <string_view>

namespace weft {

std::string comparable(std::string_view text);

}  // namespace weft
