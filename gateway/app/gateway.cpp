#include "app/gateway.hpp"

#include <unistd.h>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdlib>
#include <utility>
#include <vector>

#include "admin/health.hpp"
#include "admin/metrics.hpp"
#include "app/changes.hpp"
#include "app/process.hpp"
#include "app/refresh.hpp"
#include "app/reloader.hpp"
#include "app/worker.hpp"
#include "telemetry/log.hpp"

namespace weft {
namespace {

// Runs on the main thread beside the workers, so that health is answered however busy they are.
class Gateway {
  public:
    Gateway(
        std::filesystem::path file,
        std::shared_ptr<const ServedConfiguration> configuration,
        spdlog::logger& log
    );
    ~Gateway();

    void run();

  private:
    void listen();
    void listen_for_admin();
    void tell(std::string_view what, const Endpoint& endpoint);
    void await_signal();
    void await_hangup();
    void await_refresh();
    void use(Reread reread);
    void reload_failed(const Reread& reread);
    void worker_reloaded();
    void begin_drain();
    void drain_workers();
    void worker_drained();

    Figures figures() const;
    void configure_log();

    const Snapshot& snapshot() const noexcept { return *configuration_->snapshot; }

    const std::filesystem::path file_;
    std::shared_ptr<const ServedConfiguration> configuration_;
    spdlog::logger& log_;
    LogWriter log_writer_{STDOUT_FILENO};
    OnceASecond accept_warnings_;
    std::vector<std::unique_ptr<Worker>> workers_;

    RealClock clock_;
    Timers timers_{clock_};
    ServerEvents admin_events_;
    Health health_;
    HealthHandler health_handler_;
    asio::io_context context_{1};
    TimerDriver driver_{context_.get_executor(), timers_};
    Server admin_;
    asio::basic_signal_set<Executor> signals_{context_.get_executor(), SIGTERM, SIGINT};
    asio::basic_signal_set<Executor> hangups_{context_.get_executor(), SIGHUP};
    Reloader reloader_;
    SteadyTimer refresh_{context_.get_executor()};
    bool names_only_ = false;  // whether those are of a refresh
    std::string changes_;      // that the workers are told of
    std::size_t unreloaded_ = 0;
    SteadyTimer delay_{context_.get_executor()};
    SteadyTimer patience_{context_.get_executor()};
    std::size_t undrained_ = 0;
};

Gateway::Gateway(
    std::filesystem::path file,
    std::shared_ptr<const ServedConfiguration> configuration,
    spdlog::logger& log
)
    : file_{std::move(file)},
      configuration_{std::move(configuration)},
      log_{log},
      health_handler_{
          snapshot().admin ? snapshot().admin->host : "",
          [this] { return health_; },
          [this] { return metrics_text(figures()); }},
      admin_{
          ServerParts{context_.get_executor(), timers_, health_handler_, admin_events_},
          ServerSettings{}},
      reloader_{
          context_.get_executor(),
          [this] { return reread(file_, *configuration_); },
          [this](Reread read) { use(std::move(read)); }} {
    configure_log();
    for (std::uint32_t i = 0; i < configuration_->workers; ++i) {
        const WorkerParts parts{configuration_, log_writer_, log_, accept_warnings_, i};
        workers_.push_back(std::make_unique<Worker>(parts));
    }
}

// The admin's sessions stand on the context, so it runs until the last is gone.
Gateway::~Gateway() {
    admin_.close_all();
    context_.restart();
    while (admin_.open_connections() > 0) context_.run_one();
}

void Gateway::listen() {
    auto first = open_listener(
        workers_.front()->executor(),
        listen_endpoint(snapshot().listen.host, snapshot().listen.port)
    );
    const auto endpoint = first.local_endpoint();
    workers_.front()->serve(std::move(first));
    for (std::size_t i = 1; i < workers_.size(); ++i) {
        workers_[i]->serve(join_listener(workers_[i]->executor(), endpoint));
    }
    listen_for_admin();
    tell("listening", endpoint);
}

void Gateway::listen_for_admin() {
    if (!snapshot().admin) return;
    auto acceptor = open_listener(
        context_.get_executor(), listen_endpoint(snapshot().admin->host, snapshot().admin->port)
    );
    const auto endpoint = acceptor.local_endpoint();
    admin_.start(std::move(acceptor));
    tell("admin", endpoint);
}

void Gateway::tell(std::string_view what, const Endpoint& endpoint) {
    announce(what, endpoint);
    log_.info("{} on {}:{}", what, endpoint.address().to_string(), endpoint.port());
}

void Gateway::await_signal() {
    signals_.async_wait([this](const error_code& error, int) {
        if (error) return;
        // A second one means that whoever sent it does not want to wait.
        signals_.async_wait([](const error_code& again, int) {
            if (!again) std::_Exit(EXIT_FAILURE);
        });
        begin_drain();
    });
}

void Gateway::await_hangup() {
    hangups_.async_wait([this](const error_code& error, int) {
        if (error) return;
        await_hangup();
        if (health_.readiness == Readiness::draining) {
            log_.warn("reload refused: the gateway is ending");
        } else {
            reloader_.ask();
        }
    });
}

// Asking is all that can be done: the system does not say how long an address holds.
void Gateway::await_refresh() {
    refresh_.expires_after(refresh_interval);
    refresh_.async_wait([this](const error_code& error) {
        if (error) return;
        await_refresh();
        if (!has_names(snapshot()) || health_.readiness == Readiness::draining) return;
        reloader_.read_if_free([this] { return refresh_names(*configuration_); });
    });
}

void Gateway::use(Reread reread) {
    for (const auto& line : reread.warnings) log_.warn("{}", line);
    names_only_ = reread.names_only;
    if (names_only_ && !reread.configuration) return reloader_.finished();
    if (!reread.configuration) return reload_failed(reread);
    changes_ = describe_changes(*configuration_, *reread.configuration);
    configuration_ = std::move(reread.configuration);
    configure_log();
    unreloaded_ = workers_.size();
    for (const auto& worker : workers_) {
        worker->use(configuration_, [this] {
            asio::post(context_, [this] { worker_reloaded(); });
        });
    }
}

void Gateway::reload_failed(const Reread& reread) {
    for (const auto& line : reread.mistakes) log_.error("{}", line);
    log_.error(
        "reload failed: {} mistake{}, the old configuration stays",
        reread.count,
        reread.count == 1 ? "" : "s"
    );
    ++health_.reloads_failed;
    health_.last_reload = ReloadEnd::failed;
    reloader_.finished();
}

void Gateway::worker_reloaded() {
    if (--unreloaded_ > 0) return;
    if (names_only_) {
        log_.info("names have other addresses: {}", changes_);
    } else {
        log_.info("reloaded: {}", changes_);
        ++health_.reloads_succeeded;
        health_.last_reload = ReloadEnd::succeeded;
    }
    reloader_.finished();
}

void Gateway::begin_drain() {
    health_.readiness = Readiness::draining;
    log_.info("draining: {} ms for load balancers to notice", snapshot().drain.delay.count());
    delay_.expires_after(snapshot().drain.delay);
    delay_.async_wait([this](const error_code&) { drain_workers(); });
}

void Gateway::drain_workers() {
    undrained_ = workers_.size();
    for (const auto& worker : workers_) {
        worker->drain([this] { asio::post(context_, [this] { worker_drained(); }); });
    }
    patience_.expires_after(snapshot().drain.timeout);
    patience_.async_wait([this](const error_code& error) {
        if (error) return;
        log_.warn("drain.timeout passed: the connections that are left are closed");
        for (const auto& worker : workers_) worker->close_all();
    });
}

Figures Gateway::figures() const {
    Figures figures;
    for (const auto& worker : workers_) figures.counters += worker->counters();
    figures.routes = configuration_->route_counters->read();
    figures.upstreams = configuration_->upstream_gauges->read();
    figures.log_lines_dropped = log_writer_.dropped_lines();
    figures.health = health_;
    return figures;
}

void Gateway::configure_log() { configure(log_, snapshot().log.level, snapshot().log.format); }

void Gateway::worker_drained() {
    if (--undrained_ == 0) context_.stop();
}

void Gateway::run() {
    await_signal();
    await_hangup();
    await_refresh();
    listen();
    for (const auto& worker : workers_) worker->start();
    let_reloads_through();
    log_.info(
        "serving {} routes with {} workers as process {}",
        snapshot().plans.size(),
        workers_.size(),
        getpid()
    );
    context_.run();
    log_.info("drained");
}

}  // namespace

ExitCode serve(
    const std::filesystem::path& file, Configuration configuration, spdlog::logger& log
) {
    ignore_broken_pipes();
    raise_file_limit();
    auto served = resolve_names(configuration, nullptr);
    if (!served) {
        print_mistakes(configuration);
        return ExitCode::failed;
    }
    configuration = {};  // as written it is needed no more
    try {
        Gateway{file, std::move(served), log}.run();
        return ExitCode::fine;
    } catch (const std::exception& error) {
        log.error("{}", error.what());
        return ExitCode::failed;
    }
}

}  // namespace weft
