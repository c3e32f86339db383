// One share-nothing worker: a thread with its own connections, pools, timers and counters.
#pragma once

#include <functional>
#include <memory>
#include <thread>

#include "app/generation.hpp"
#include "app/router.hpp"
#include "app/worker_events.hpp"
#include "async/mailbox.hpp"
#include "async/timer_driver.hpp"
#include "server/listener.hpp"
#include "server/server.hpp"
#include "telemetry/access_log.hpp"
#include "telemetry/counters.hpp"

namespace weft {

// The references outlive the workers.
struct WorkerParts {
    std::shared_ptr<const ServedConfiguration> configuration;
    LogWriter& log_writer;
    spdlog::logger& log;
    OnceASecond& accept_warnings;
    std::size_t index;  // from 0
};

// How the process's limits are told to one worker's server.
ServerSettings server_settings(const ServedConfiguration& configuration);

// Made and destroyed on the main thread. Everything but use(), drain(), close_all() and counters()
// is called before start().
class Worker {
  public:
    explicit Worker(const WorkerParts& parts);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    Executor executor() noexcept { return context_.get_executor(); }
    void serve(Acceptor acceptor);
    void start();

    // Answers the requests that come from now on by another configuration; those in work end with
    // theirs. `used` is called on the worker's thread when that is so.
    void use(std::shared_ptr<const ServedConfiguration> configuration, std::function<void()> used);

    // Finishes what is in work, then ends the thread. `drained` is called on it.
    void drain(std::function<void()> drained);
    // Ends every connection, so that a drain comes to its end.
    void close_all();

    CounterValues counters() const noexcept { return counters_.read(); }

  private:
    void replace_generation(const std::shared_ptr<const ServedConfiguration>& configuration);
    void use_in_records(const ServedConfiguration& configuration);
    WorkerPlace place() { return {context_.get_executor(), timers_, index_}; }

    // All of it is touched by the worker's thread alone, but for the mailbox, so the event loop
    // needs no locks. In this order because what stands on the io_context goes before it, and what
    // its handlers use goes after it.
    std::size_t index_;
    EventClock clock_;
    Timers timers_{clock_};
    WorkerCounters counters_;
    AccessLog access_log_;
    WorkerEvents events_;
    asio::io_context context_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE};
    Mailbox mailbox_{context_.get_executor()};
    TimerDriver driver_;
    Router router_;
    Server server_;
    std::thread thread_;
};

}  // namespace weft
