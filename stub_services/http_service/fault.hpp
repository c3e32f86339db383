// The trouble a test asks for with a request header:
//
//     X-Stub-Fault: users:status=503, products/p-7:status=404; orders:delay=200ms
//
// Each service looks for its own name and leaves the rest to the others; without a name it is for
// every service. After a slash stands the last segment of the path, so that one item of many can be
// hit.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace stub {

inline constexpr const char* fault_header = "X-Stub-Fault";

// What goes wrong on the wire, after the answer has been made.
enum class WireFault : std::uint8_t {
    none,
    reset,     // the connection is reset instead of an answer
    truncate,  // the whole head, half of the body, then the end of the connection
    garbage,   // bytes that are not HTTP
    drip,      // a few bytes at a time, a millisecond apart
};

struct Fault {
    std::optional<int> status;
    std::chrono::milliseconds delay{0};
    WireFault wire = WireFault::none;
    std::size_t drip_bytes = 0;
};

class FaultError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// The faults of `header` that are meant for `service` and a request whose path ends in `item`.
// Throws FaultError where the header says what is not known, whichever service it is meant for: a
// test with a slip must not pass quietly.
Fault parse_fault(std::string_view header, std::string_view service, std::string_view item);

}  // namespace stub
