// What the admin listener serves: /livez, /readyz and /metrics. Only reads, never changes anything.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "http/exchange.hpp"

namespace weft {

enum class Readiness : std::uint8_t { ready, draining };
enum class ReloadEnd : std::uint8_t { none_yet, succeeded, failed };

struct Health {
    Readiness readiness = Readiness::ready;
    std::uint64_t reloads_succeeded = 0;
    std::uint64_t reloads_failed = 0;
    ReloadEnd last_reload = ReloadEnd::none_yet;
};

// A browser page of any origin can send requests to a loopback address under a name of its own, so
// only requests for a loopback name or address, or for the address listened on, are answered (421
// otherwise).
class HealthHandler final : public Handler {
  public:
    // `listen_host` without brackets and port. `health` is asked for each /readyz, `metrics` for
    // each /metrics.
    HealthHandler(
        std::string listen_host,
        std::function<Health()> health,
        std::function<std::string()> metrics
    );

    Awaitable<Answer> handle(Request& request) override;

  private:
    bool is_ours(std::string_view authority) const;
    Answer answer_to(const Request& request) const;

    std::string listen_host_;
    std::function<Health()> health_;
    std::function<std::string()> metrics_;
};

}  // namespace weft
