#include "telemetry/log.hpp"

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <string>
#include <string_view>

#include "telemetry/json_line.hpp"

namespace weft {
namespace {

constexpr std::size_t queued_lines = 1024;

std::string_view as_view(spdlog::string_view_t text) { return {text.data(), text.size()}; }

// %v of a pattern, as JSON text with its quotes.
class JsonMessage final : public spdlog::custom_flag_formatter {
  public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& out)
        override {
        std::string text;
        append_json_text(text, as_view(message.payload));
        out.append(text.data(), text.data() + text.size());
    }
    std::unique_ptr<custom_flag_formatter> clone() const override {
        return spdlog::details::make_unique<JsonMessage>();
    }
};

std::unique_ptr<spdlog::formatter> make_formatter(LogFormat format) {
    auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
    formatter->add_flag<JsonMessage>('J');
    formatter->set_pattern(
        format == LogFormat::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":%J})"
                                  : "%Y-%m-%dT%H:%M:%S.%eZ %l %J"
    );
    return formatter;
}

// The logger keeps only a weak hold on its thread, so both live and die in one object.
struct LogThread {
    std::shared_ptr<spdlog::details::thread_pool> pool =
        std::make_shared<spdlog::details::thread_pool>(queued_lines, 1);
    std::shared_ptr<spdlog::async_logger> logger;

    ~LogThread() {
        logger.reset();
        pool.reset();
    }
};

}  // namespace

void configure(spdlog::logger& log, LogLevel level, LogFormat format) {
    constexpr std::array levels{spdlog::level::info, spdlog::level::warn, spdlog::level::err};
    log.set_level(levels[static_cast<std::size_t>(level)]);
    log.set_formatter(make_formatter(format));
}

std::shared_ptr<spdlog::logger> make_log(LogFormat format) {
    auto thread = std::make_shared<LogThread>();
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    thread->logger = std::make_shared<spdlog::async_logger>(
        "weft", std::move(sink), thread->pool, spdlog::async_overflow_policy::overrun_oldest
    );
    thread->logger->set_formatter(make_formatter(format));
    thread->logger->flush_on(spdlog::level::info);
    spdlog::logger* const logger = thread->logger.get();
    return {std::move(thread), logger};
}

}  // namespace weft
