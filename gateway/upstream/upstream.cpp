#include "upstream/upstream.hpp"

#include "upstream/awaited_exchange.hpp"
#include "upstream/call_layers.hpp"
#include "upstream/health_checks.hpp"
#include "upstream/http1_exchange.hpp"
#include "upstream/pool.hpp"

namespace weft {

Upstream::Upstream(
    Executor executor,
    Timers& timers,
    UpstreamSettings settings,
    const std::shared_ptr<UpstreamGauges>& gauges
)
    : pool_{std::make_shared<Pool>(executor, timers, std::move(settings), gauges)} {
    if (CallLayers::are_asked_for(this->settings()))
        layers_ = std::make_unique<CallLayers>(*this, gauges);
    if (!this->settings().health) return;
    health_ = std::make_unique<HealthChecks>(
        LayerPlace{executor, timers, this->settings().name},
        this->settings(),
        [pool = pool_.get()](std::size_t instance, bool healthy) {
            pool->set_healthy(instance, healthy);
        }
    );
}

Upstream::~Upstream() { pool_->close(); }

const UpstreamSettings& Upstream::settings() const noexcept { return pool_->settings(); }
Executor Upstream::executor() const noexcept { return pool_->executor(); }
Timers& Upstream::timers() const noexcept { return pool_->timers(); }

std::shared_ptr<Exchange> Upstream::exchange() { return std::make_shared<Http1Exchange>(pool_); }

std::unique_ptr<AwaitedExchange> Upstream::awaited_exchange() {
    return std::make_unique<AwaitedExchange>(exchange(), executor());
}

void Upstream::drain() {
    health_.reset();
    pool_->drain();
}

std::size_t Upstream::idle_connections() const noexcept { return pool_->idle(); }
std::size_t Upstream::open_connections() const noexcept { return pool_->open(); }
std::size_t Upstream::waiting() const noexcept { return pool_->waiting(); }

}  // namespace weft
