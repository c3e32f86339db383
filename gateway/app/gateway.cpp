#include "app/gateway.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <vector>

#include "admin/health.hpp"
#include "app/worker.hpp"

namespace weft {
namespace {

// Every connection is a file, and the soft limit is often 1,024.
void raise_file_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

// Whoever started the gateway reads here where it listens: with port 0 nobody else knows.
void announce(std::string_view what, const Endpoint& endpoint) {
    std::ostringstream line;
    line << what << " on " << endpoint << '\n';
    const auto text = std::move(line).str();
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

// Runs on the main thread beside the workers, so that health is answered however busy they are.
class Gateway {
  public:
    Gateway(
        std::shared_ptr<const Snapshot> snapshot,
        std::vector<UpstreamSettings> upstreams,
        spdlog::logger& log
    );
    ~Gateway();

    void run();

  private:
    void listen();
    void listen_for_admin();
    void await_signal();
    void begin_drain();
    void drain_workers();
    void worker_drained();

    std::shared_ptr<const Snapshot> snapshot_;
    std::vector<UpstreamSettings> upstreams_;
    spdlog::logger& log_;
    LogWriter log_writer_{STDOUT_FILENO};
    std::vector<std::unique_ptr<Worker>> workers_;

    RealClock clock_;
    Timers timers_{clock_};
    ServerEvents admin_events_;
    Readiness readiness_ = Readiness::ready;
    HealthHandler health_;
    asio::io_context context_{1};
    TimerDriver driver_{context_.get_executor(), timers_};
    Server admin_;
    asio::basic_signal_set<Executor> signals_{context_.get_executor(), SIGTERM, SIGINT};
    SteadyTimer delay_{context_.get_executor()};
    SteadyTimer patience_{context_.get_executor()};
    std::size_t undrained_ = 0;
};

Gateway::Gateway(
    std::shared_ptr<const Snapshot> snapshot,
    std::vector<UpstreamSettings> upstreams,
    spdlog::logger& log
)
    : snapshot_{std::move(snapshot)},
      upstreams_{std::move(upstreams)},
      log_{log},
      health_{snapshot_->admin ? snapshot_->admin->host : "", [this] { return readiness_; }},
      admin_{
          ServerParts{context_.get_executor(), timers_, health_, admin_events_}, ServerSettings{}} {
    for (std::uint32_t i = 0; i < snapshot_->workers; ++i) {
        workers_.push_back(std::make_unique<Worker>(WorkerParts{
            snapshot_, upstreams_, log_writer_, log_}));
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
        listen_endpoint(snapshot_->listen.host, snapshot_->listen.port)
    );
    const auto endpoint = first.local_endpoint();
    workers_.front()->serve(std::move(first));
    for (std::size_t i = 1; i < workers_.size(); ++i) {
        workers_[i]->serve(join_listener(workers_[i]->executor(), endpoint));
    }
    listen_for_admin();
    announce("listening", endpoint);
}

void Gateway::listen_for_admin() {
    if (!snapshot_->admin) return;
    auto acceptor = open_listener(
        context_.get_executor(), listen_endpoint(snapshot_->admin->host, snapshot_->admin->port)
    );
    const auto endpoint = acceptor.local_endpoint();
    admin_.start(std::move(acceptor));
    announce("admin", endpoint);
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

void Gateway::begin_drain() {
    readiness_ = Readiness::draining;
    log_.info("draining: {} ms for load balancers to notice", snapshot_->drain.delay.count());
    delay_.expires_after(snapshot_->drain.delay);
    delay_.async_wait([this](const error_code&) { drain_workers(); });
}

void Gateway::drain_workers() {
    undrained_ = workers_.size();
    for (const auto& worker : workers_) {
        worker->drain([this] { asio::post(context_, [this] { worker_drained(); }); });
    }
    patience_.expires_after(snapshot_->drain.timeout);
    patience_.async_wait([this](const error_code& error) {
        if (error) return;
        log_.warn("drain.timeout passed: the connections that are left are closed");
        for (const auto& worker : workers_) worker->close_all();
    });
}

void Gateway::worker_drained() {
    if (--undrained_ == 0) context_.stop();
}

void Gateway::run() {
    await_signal();
    listen();
    for (const auto& worker : workers_) worker->start();
    log_.info(
        "serving {} routes with {} workers as process {}",
        snapshot_->plans.size(),
        workers_.size(),
        getpid()
    );
    context_.run();
    log_.info("drained");
}

}  // namespace

ExitCode serve(std::shared_ptr<const Snapshot> snapshot, spdlog::logger& log) {
    std::signal(SIGPIPE, SIG_IGN);
    raise_file_limit();
    auto upstreams = upstream_settings(*snapshot);
    if (upstreams.has_error()) {
        log.error("upstream \"{}\": {}", upstreams.error().upstream(), upstreams.error().detail());
        return ExitCode::failed;
    }
    try {
        Gateway{std::move(snapshot), std::move(*upstreams), log}.run();
        return ExitCode::fine;
    } catch (const std::exception& error) {
        log.error("{}", error.what());
        return ExitCode::failed;
    }
}

}  // namespace weft
