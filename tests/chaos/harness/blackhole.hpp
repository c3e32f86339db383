// An address that answers nobody: its listen backlog is full, so attempts to connect are dropped.
#pragma once

#include <cstdint>
#include <vector>

namespace weft {

class Blackhole {
  public:
    Blackhole();
    ~Blackhole();
    Blackhole(const Blackhole&) = delete;
    Blackhole& operator=(const Blackhole&) = delete;

    std::uint16_t port() const noexcept { return port_; }

  private:
    std::vector<int> sockets_;  // the listener first
    std::uint16_t port_ = 0;
};

}  // namespace weft
