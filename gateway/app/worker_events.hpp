// What one worker's server reports becomes counters, access log lines and, where an operator must
// know, a log line.
#pragma once

#include <spdlog/logger.h>

#include <memory>

#include "server/events.hpp"
#include "telemetry/access_log.hpp"
#include "telemetry/counters.hpp"
#include "telemetry/once_a_second.hpp"
#include "telemetry/route_counters.hpp"

namespace weft {

class WorkerEvents final : public ServerEvents {
  public:
    // All outlive it.
    struct Parts {
        WorkerCounters& counters;
        AccessLog& access_log;
        spdlog::logger& log;
        OnceASecond& accept_warnings;
        std::size_t worker;
    };
    explicit WorkerEvents(const Parts& parts) : parts_{parts} {}

    // What is recorded from now on.
    void use(std::shared_ptr<RouteCounters> routes, bool log_requests) {
        routes_ = std::move(routes);
        log_requests_ = log_requests;
    }

    void connection_opened() override { parts_.counters.connection_opened(); }
    void connection_closed() override { parts_.counters.connection_closed(); }
    void connection_refused() override { parts_.counters.refused(Refusal::connections); }
    void request_started() override { parts_.counters.request_started(); }
    void request_finished() override { parts_.counters.request_finished(); }
    void request_ended(const RequestRecord& record) override {
        parts_.counters.request_recorded(record);
        routes_->count(parts_.worker, record.route, record.status);
        if (log_requests_) parts_.access_log.write(record);
    }
    void accept_paused(const error_code& reason) override {
        parts_.counters.accept_paused();
        if (!parts_.accept_warnings.pass(SteadyClock::now())) return;
        parts_.log.warn("accepting pauses: {}", reason.message());
    }
    void handler_threw(std::string_view what) override {
        parts_.counters.handler_threw();
        parts_.log.error("a bug answered a request with 500: {}", what);
    }

  private:
    const Parts parts_;
    std::shared_ptr<RouteCounters> routes_;
    bool log_requests_ = true;
};

}  // namespace weft
