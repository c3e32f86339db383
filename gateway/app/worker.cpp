#include "app/worker.hpp"

#include <algorithm>

#include "app/block_cache.hpp"
#include "async/socket_events.hpp"
#include "async/thread.hpp"

namespace weft {
ServerSettings server_settings(const ServedConfiguration& configuration) {
    const Snapshot& snapshot = *configuration.snapshot;
    ServerSettings settings;
    settings.timeouts.first_byte = snapshot.timeouts.first_byte;
    settings.timeouts.head = snapshot.timeouts.head;
    settings.timeouts.body = snapshot.timeouts.body;
    settings.timeouts.idle = snapshot.timeouts.idle;
    settings.timeouts.write = snapshot.timeouts.write;
    settings.timeouts.body_rate = snapshot.limits.body_rate;
    settings.head.head = snapshot.limits.head;
    settings.head.target = snapshot.limits.target;
    settings.head.field = snapshot.limits.field;
    settings.head.fields = snapshot.limits.fields;
    settings.max_connections =
        std::max<std::size_t>(snapshot.limits.connections / configuration.workers, 1);
    settings.max_connections_per_address =
        std::max<std::size_t>(snapshot.limits.connections_per_address / configuration.workers, 1);
    settings.trusted_proxies = snapshot.trusted_proxies;
    return settings;
}

Worker::Worker(const WorkerParts& parts)
    : index_{parts.index},
      access_log_{timers_, parts.log_writer},
      events_{{counters_, access_log_, parts.log, parts.accept_warnings, parts.index}},
      driver_{context_.get_executor(), timers_},
      router_{
          std::make_shared<const Generation>(parts.configuration, nullptr, place()),
          timers_,
          counters_},
      server_{
          ServerParts{context_.get_executor(), timers_, router_, events_},
          server_settings(*parts.configuration)} {
    asio::use_service<SocketEvents>(context_).use(clock_);
    use_in_records(*parts.configuration);
}

Worker::~Worker() {
    if (thread_.joinable()) thread_.join();
}

void Worker::serve(Acceptor acceptor) { server_.start(std::move(acceptor)); }

void Worker::start() {
    thread_ = start_thread([this] {
        const BlockCache cache;
        context_.run();
    });
}

void Worker::use(
    std::shared_ptr<const ServedConfiguration> configuration, std::function<void()> used
) {
    mailbox_.post([this, configuration = std::move(configuration), used = std::move(used)] {
        replace_generation(configuration);
        used();
    });
}

void Worker::replace_generation(const std::shared_ptr<const ServedConfiguration>& configuration) {
    const Generation& old = router_.generation();
    const auto next = std::make_shared<const Generation>(configuration, &old, place());
    old.retire(*next);
    server_.change_settings(server_settings(*configuration));
    router_.use(next);
    use_in_records(*configuration);
}

void Worker::use_in_records(const ServedConfiguration& configuration) {
    events_.use(configuration.route_counters, configuration.snapshot->log.access);
}

void Worker::drain(std::function<void()> drained) {
    mailbox_.post([this, drained = std::move(drained)] {
        server_.drain([this, drained] {
            drained();
            context_.stop();
        });
    });
}

void Worker::close_all() {
    mailbox_.post([this] { server_.close_all(); });
}

}  // namespace weft
