// Writes blocks of finished log lines to a file descriptor from a thread of its own, so that a slow
// disk or a full pipe never stops a worker: what does not fit into the queue is dropped and
// counted.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace weft {

class LogBlock {
  public:
    LogBlock(std::string text, std::uint64_t lines) : text_{std::move(text)}, lines_{lines} {}
    std::string& text() noexcept { return text_; }
    std::uint64_t lines() const noexcept { return lines_; }

  private:
    std::string text_;
    std::uint64_t lines_;
};

// Used by all workers. The descriptor stays the caller's and outlives the writer.
class LogWriter {
  public:
    static constexpr std::size_t default_queue = 32;  // blocks

    explicit LogWriter(int descriptor, std::size_t queue = default_queue);
    // Waits up to a second for a descriptor that takes nothing, then drops the rest.
    ~LogWriter();
    LogWriter(const LogWriter&) = delete;
    LogWriter& operator=(const LogWriter&) = delete;

    // Takes the block, or drops it if the queue is full. Returns an empty string with capacity to
    // fill next.
    std::string submit(LogBlock block);

    std::uint64_t dropped_lines() const noexcept {
        return dropped_.load(std::memory_order_relaxed);
    }

  private:
    void run();
    bool write_out(std::string_view text);
    bool gave_up();
    void drop(const LogBlock& block) noexcept;

    const int descriptor_;
    const bool may_wait_;  // for whoever reads it: no regular file
    const std::size_t queue_limit_;
    std::atomic<std::uint64_t> dropped_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<LogBlock> queue_;
    std::vector<std::string> empty_;
    bool stopping_ = false;
    std::chrono::steady_clock::time_point give_up_{};
    std::thread thread_;
};

}  // namespace weft
