#include "app/worker.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

namespace weft {
namespace {

Upstreams make_upstreams(
    Executor executor, Timers& timers, const std::vector<UpstreamSettings>& settings
) {
    Upstreams upstreams;
    for (const auto& each : settings)
        upstreams.push_back(std::make_unique<Upstream>(executor, timers, each));
    return upstreams;
}

}  // namespace

ServerSettings server_settings(const Snapshot& snapshot) {
    ServerSettings settings;
    settings.timeouts.head = snapshot.timeouts.head;
    settings.timeouts.body = snapshot.timeouts.body;
    settings.timeouts.idle = snapshot.timeouts.idle;
    settings.timeouts.write = snapshot.timeouts.write;
    settings.head.head = snapshot.limits.head;
    settings.head.target = snapshot.limits.target;
    settings.head.field = snapshot.limits.field;
    settings.head.fields = snapshot.limits.fields;
    settings.max_connections =
        std::max<std::size_t>(snapshot.limits.connections / snapshot.workers, 1);
    return settings;
}

Worker::Worker(const WorkerParts& parts)
    : access_log_{timers_, parts.log_writer},
      events_{counters_, access_log_, parts.log},
      driver_{context_.get_executor(), timers_},
      upstreams_{make_upstreams(context_.get_executor(), timers_, parts.upstreams)},
      router_{parts.snapshot, upstreams_, timers_},
      server_{
          ServerParts{context_.get_executor(), timers_, router_, events_},
          server_settings(*parts.snapshot)} {}

Worker::~Worker() {
    if (thread_.joinable()) thread_.join();
}

void Worker::serve(Acceptor acceptor) { server_.start(std::move(acceptor)); }

void Worker::start() {
    thread_ = std::thread{[this] { context_.run(); }};
}

void Worker::drain(std::function<void()> drained) {
    asio::post(context_, [this, drained = std::move(drained)] {
        server_.drain([this, drained] {
            drained();
            context_.stop();
        });
    });
}

void Worker::close_all() {
    asio::post(context_, [this] { server_.close_all(); });
}

}  // namespace weft
