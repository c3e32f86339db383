// What the admin listener serves: /livez and /readyz. Only reads, never changes anything.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "http/exchange.hpp"

namespace weft {

enum class Readiness : std::uint8_t { ready, draining };

// A browser page of any origin can send requests to a loopback address under a name of its own, so
// only requests for a loopback name or address, or for the address listened on, are answered (421
// otherwise).
class HealthHandler final : public Handler {
  public:
    // `listen_host` without brackets and port. `readiness` is asked on the admin's worker for each
    // /readyz.
    HealthHandler(std::string listen_host, std::function<Readiness()> readiness);

    Awaitable<Answer> handle(Request& request) override;

  private:
    bool is_ours(std::string_view authority) const;
    Answer answer_to(const Request& request) const;

    std::string listen_host_;
    std::function<Readiness()> readiness_;
};

}  // namespace weft
