#include "upstream/health_checks.hpp"

#include <utility>

#include "upstream/call.hpp"

namespace weft {

// Of one instance.
class HealthCheck {
  public:
    HealthCheck(
        Executor executor,
        Timers& timers,
        const UpstreamSettings& of_instance,
        std::function<void(bool)> found
    )
        : policy_{*of_instance.health},
          found_{std::move(found)},
          upstream_{executor, timers, settings(of_instance)},
          next_{timers, [this] { ask(); }} {}
    ~HealthCheck() { running_.cancel(); }
    HealthCheck(const HealthCheck&) = delete;
    HealthCheck& operator=(const HealthCheck&) = delete;

    void begin(Duration first) { next_.arm(now() + first); }

  private:
    static UpstreamSettings settings(const UpstreamSettings& of_instance);
    TimePoint now() const noexcept { return upstream_.timers().now(); }
    void ask();
    void judge(bool good);

    const HealthPolicy policy_;
    const std::function<void(bool)> found_;
    Upstream upstream_;
    Alarm next_;
    Call running_;
    bool is_asking_ = false;
    bool healthy_ = true;
    std::uint32_t contrary_ = 0;  // checks in a row that say otherwise
};

// Only what a connection is made from: no layers, and no checks of its own.
UpstreamSettings HealthCheck::settings(const UpstreamSettings& of_instance) {
    UpstreamSettings settings;
    settings.name = of_instance.name;
    settings.endpoints = of_instance.endpoints;
    settings.connect_timeout = of_instance.connect_timeout;
    settings.max_connections = 1;
    return settings;
}

void HealthCheck::ask() {
    next_.arm(now() + policy_.interval);
    // A timeout that is longer than the interval: this one has its time.
    if (std::exchange(is_asking_, true)) return;
    CallRequest asked;
    asked.target = policy_.path;
    asked.field_lines = std::string{"Accept: */*\r\nUser-Agent: weft\r\n"};
    asked.deadline = now() + policy_.timeout;
    asked.body_used = false;
    running_ = start_call(upstream_, std::move(asked), [this](const auto& answer, const auto&) {
        is_asking_ = false;
        judge(answer.has_value() && answer->status / 100 == 2);
    });
}

void HealthCheck::judge(bool good) {
    contrary_ = good == healthy_ ? 0 : contrary_ + 1;
    if (contrary_ < (healthy_ ? policy_.failures : policy_.successes)) return;
    contrary_ = 0;
    healthy_ = good;
    found_(healthy_);
}

HealthChecks::HealthChecks(
    LayerPlace place, const UpstreamSettings& settings, const Found& found, const Jitter& jitter
) {
    const std::size_t instances = settings.endpoints.back().instance + 1;
    for (std::size_t i = 0; i < instances; ++i) {
        UpstreamSettings of_instance = settings;
        std::erase_if(of_instance.endpoints, [i](const auto& it) { return it.instance != i; });
        for (auto& endpoint : of_instance.endpoints) endpoint.instance = 0;
        auto check = std::make_unique<HealthCheck>(
            place.executor,
            place.timers,
            of_instance,
            [found, i](bool healthy) { found(i, healthy); }
        );
        const std::chrono::duration<double> interval{settings.health->interval};
        check->begin(std::chrono::duration_cast<Duration>(interval * jitter()));
        checks_.push_back(std::move(check));
    }
}

HealthChecks::~HealthChecks() = default;

}  // namespace weft
