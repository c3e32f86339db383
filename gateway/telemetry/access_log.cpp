#include "telemetry/access_log.hpp"

#include <ctime>

#include "telemetry/access_line.hpp"

namespace weft {

AccessLog::AccessLog(Timers& timers, LogWriter& writer, std::function<WallTime()> wall_clock)
    : writer_{writer},
      timers_{timers},
      wall_clock_{std::move(wall_clock)},
      flush_alarm_{timers, [this] { flush(); }} {}

AccessLog::~AccessLog() { flush(); }

void AccessLog::write(const RequestRecord& record) {
    if (block_.empty()) flush_alarm_.arm(timers_.now() + flush_after);
    append_access_line(block_, time_text(wall_clock_()), record);
    ++lines_;
    if (block_.size() >= block_size) flush();
}

void AccessLog::flush() {
    flush_alarm_.disarm();
    if (block_.empty()) return;
    block_ = writer_.submit(LogBlock{std::move(block_), lines_});
    lines_ = 0;
}

std::string_view AccessLog::time_text(WallTime now) {
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch()).count();
    const auto second = ms / 1000;
    if (second != second_) {
        second_ = second;
        const std::time_t seconds = second;
        std::tm parts{};
        ::gmtime_r(&seconds, &parts);
        time_text_.resize(sizeof "2000-01-01T00:00:00.000Z");
        time_text_.resize(
            std::strftime(time_text_.data(), time_text_.size(), "%Y-%m-%dT%H:%M:%S.000Z", &parts)
        );
    }
    const auto rest = ms % 1000;
    const auto at = time_text_.size() - 4;
    time_text_[at] = static_cast<char>('0' + rest / 100);
    time_text_[at + 1] = static_cast<char>('0' + rest / 10 % 10);
    time_text_[at + 2] = static_cast<char>('0' + rest % 10);
    return time_text_;
}

}  // namespace weft
