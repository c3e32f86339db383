// What one worker's server reports becomes counters, access log lines and, where an operator must
// know, a log line.
#pragma once

#include <spdlog/logger.h>

#include "server/events.hpp"
#include "telemetry/access_log.hpp"
#include "telemetry/counters.hpp"

namespace weft {

class WorkerEvents final : public ServerEvents {
  public:
    WorkerEvents(WorkerCounters& counters, AccessLog& access_log, spdlog::logger& log)
        : counters_{counters}, access_log_{access_log}, log_{log} {}

    void connection_opened() override { counters_.connection_opened(); }
    void connection_closed() override { counters_.connection_closed(); }
    void request_started() override { counters_.request_started(); }
    void request_finished() override { counters_.request_finished(); }
    void request_ended(const RequestRecord& record) override {
        counters_.request_recorded(record);
        access_log_.write(record);
    }
    void accept_paused(const error_code& reason) override {
        counters_.accept_paused();
        log_.warn("accepting pauses: {}", reason.message());
    }
    void handler_threw(std::string_view what) override {
        counters_.handler_threw();
        log_.error("a bug answered a request with 500: {}", what);
    }

  private:
    WorkerCounters& counters_;
    AccessLog& access_log_;
    spdlog::logger& log_;
};

}  // namespace weft
