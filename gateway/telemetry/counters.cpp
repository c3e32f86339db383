#include "telemetry/counters.hpp"

#include <algorithm>

namespace weft {

CounterValues& CounterValues::operator+=(const CounterValues& other) noexcept {
    for (std::size_t i = 0; i < requests.size(); ++i) requests[i] += other.requests[i];
    for (std::size_t i = 0; i < calls.size(); ++i) calls[i] += other.calls[i];
    for (std::size_t i = 0; i < refused.size(); ++i) refused[i] += other.refused[i];
    connections_accepted += other.connections_accepted;
    connections_open += other.connections_open;
    requests_in_work += other.requests_in_work;
    bytes_sent += other.bytes_sent;
    partial_answers += other.partial_answers;
    handler_bugs += other.handler_bugs;
    accept_pauses += other.accept_pauses;
    return *this;
}

void WorkerCounters::connection_opened() noexcept {
    connections_accepted_.add();
    connections_open_.add();
}

void WorkerCounters::connection_closed() noexcept { connections_open_.subtract(); }
void WorkerCounters::request_started() noexcept { requests_in_work_.add(); }
void WorkerCounters::request_finished() noexcept { requests_in_work_.subtract(); }
void WorkerCounters::handler_threw() noexcept { handler_bugs_.add(); }
void WorkerCounters::accept_paused() noexcept { accept_pauses_.add(); }
void WorkerCounters::refused(Refusal reason) noexcept {
    refused_[static_cast<std::size_t>(reason)].add();
}

void WorkerCounters::request_recorded(const RequestRecord& record) noexcept {
    requests_[std::min<std::size_t>(record.status / 100, requests_.size() - 1)].add();
    bytes_sent_.add(record.bytes_sent);
    if (!record.complete) partial_answers_.add();
    for (const CallRecord& call : record.calls) calls_[static_cast<std::size_t>(call.end)].add();
}

CounterValues WorkerCounters::read() const noexcept {
    CounterValues values;
    for (std::size_t i = 0; i < requests_.size(); ++i) values.requests[i] = requests_[i].read();
    for (std::size_t i = 0; i < calls_.size(); ++i) values.calls[i] = calls_[i].read();
    for (std::size_t i = 0; i < refused_.size(); ++i) values.refused[i] = refused_[i].read();
    values.connections_accepted = connections_accepted_.read();
    values.connections_open = connections_open_.read();
    values.requests_in_work = requests_in_work_.read();
    values.bytes_sent = bytes_sent_.read();
    values.partial_answers = partial_answers_.read();
    values.handler_bugs = handler_bugs_.read();
    values.accept_pauses = accept_pauses_.read();
    return values;
}

}  // namespace weft
