// What a worker counts. Written by its thread alone, read by any thread at any time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "outcome/counter.hpp"
#include "outcome/record.hpp"

namespace weft {

// Why a client was turned away.
enum class Refusal : std::uint8_t {
    in_flight,   // too many requests in work
    latency,     // too many of its route, whose answers have become slow
    connections  // too many connections of its address
};
inline constexpr std::size_t refusal_reasons = 3;

// One reading, of one worker or summed over several.
struct CounterValues {
    std::array<std::uint64_t, 6> requests{};  // by first digit of the status; 0: none was sent
    std::array<std::uint64_t, 4> calls{};     // by CallEnd
    std::array<std::uint64_t, refusal_reasons> refused{};  // by Refusal
    std::uint64_t connections_accepted = 0;
    std::uint64_t connections_open = 0;
    std::uint64_t requests_in_work = 0;
    std::uint64_t bytes_sent = 0;       // of answers, heads included
    std::uint64_t partial_answers = 0;  // that left out an optional part which failed
    std::uint64_t handler_bugs = 0;
    std::uint64_t accept_pauses = 0;

    CounterValues& operator+=(const CounterValues& other) noexcept;
};

class WorkerCounters {
  public:
    void connection_opened() noexcept;
    void connection_closed() noexcept;
    void request_started() noexcept;   // went to the handler
    void request_finished() noexcept;  // pairs with request_started
    void request_recorded(const RequestRecord& record) noexcept;
    void handler_threw() noexcept;
    void accept_paused() noexcept;
    void refused(Refusal reason) noexcept;

    std::uint64_t requests_in_work() const noexcept { return requests_in_work_.read(); }
    CounterValues read() const noexcept;

  private:
    std::array<Counter, 6> requests_;
    std::array<Counter, 4> calls_;
    std::array<Counter, refusal_reasons> refused_;
    Counter connections_accepted_;
    Counter connections_open_;
    Counter requests_in_work_;
    Counter bytes_sent_;
    Counter partial_answers_;
    Counter handler_bugs_;
    Counter accept_pauses_;
};

}  // namespace weft
