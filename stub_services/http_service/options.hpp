// What the command line of a service says. All services take the same options.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>

namespace stub {

struct Options {
    std::uint16_t port = 0;     // 0: any free one
    std::size_t threads = 256;  // connections served at the same time, 1 to 4096
    std::chrono::milliseconds latency{
        0};                  // added to every answer but that of /healthz, at most 60 s
    double error_rate = 0;   // the share of requests answered with 503, 0 to 1
    std::uint64_t seed = 1;  // the same seed gives the same data and the same errors
    bool help = false;
};

class UsageError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// The arguments without the program's name, over the defaults; throws UsageError naming the
// argument that is wrong.
Options parse_options(std::span<char* const> arguments, Options defaults);

std::string usage(const std::string& program, const Options& defaults);

}  // namespace stub
