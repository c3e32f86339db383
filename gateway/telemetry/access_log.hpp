// The access log: one JSON line for each request, formatted into a buffer of the worker and handed
// to the log writer when the buffer is full or 200 ms old.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "async/timers.hpp"
#include "outcome/record.hpp"
#include "telemetry/log_writer.hpp"

namespace weft {

using WallTime = std::chrono::system_clock::time_point;

// One for each worker; used by its thread only. The writer and the timers outlive it.
class AccessLog {
  public:
    static constexpr std::size_t block_size = 128 << 10;  // bytes
    static constexpr std::chrono::milliseconds flush_after{200};

    AccessLog(
        Timers& timers,
        LogWriter& writer,
        std::function<WallTime()> wall_clock = std::chrono::system_clock::now
    );
    ~AccessLog();  // flushes
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;

    void write(const RequestRecord& record);
    void flush();

  private:
    // RFC 3339, UTC, with milliseconds; formatted anew once a second.
    std::string_view time_text(WallTime now);

    LogWriter& writer_;
    Timers& timers_;
    std::function<WallTime()> wall_clock_;
    std::string block_;
    std::uint64_t lines_ = 0;
    std::int64_t second_ = -1;  // since 1970, of time_text_
    std::string time_text_;
    Alarm flush_alarm_;
};

}  // namespace weft
