#include "app/stubbed_router.hpp"

#include <utility>
#include <vector>

#include "app/generation.hpp"
#include "app/router.hpp"
#include "telemetry/counters.hpp"
#include "trial/stubbed_upstream.hpp"

namespace weft {
namespace {

// A router with the counters of a worker that has nothing else to do.
class StubbedRouter final : public Handler {
  public:
    StubbedRouter(GenerationPointer generation, Timers& timers)
        : router_{std::move(generation), timers, counters_} {}

    Awaitable<Answer> handle(Request& request) override {
        counters_.request_started();
        Answer answer = co_await router_.handle(request);
        counters_.request_finished();
        co_return answer;
    }

  private:
    WorkerCounters counters_;
    Router router_;
};

}  // namespace

std::shared_ptr<const ServedConfiguration> without_addresses(Configuration& configuration) {
    return resolve_names(configuration, nullptr, [](const std::string&, std::uint16_t) {
        return Result<std::vector<Endpoint>>{std::vector{Endpoint{}}};
    });
}

std::unique_ptr<Handler> stubbed_router(
    std::shared_ptr<const ServedConfiguration> configuration,
    VirtualTime& time,
    StubServices& services
) {
    std::vector<std::shared_ptr<Upstream>> upstreams;
    for (const UpstreamSettings& settings : configuration->upstreams) {
        upstreams.push_back(std::make_shared<StubbedUpstream>(time, services, settings));
    }
    auto generation =
        std::make_shared<const Generation>(std::move(configuration), std::move(upstreams));
    return std::make_unique<StubbedRouter>(std::move(generation), time.timers());
}

}  // namespace weft
