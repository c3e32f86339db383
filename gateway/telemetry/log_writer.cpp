#include "telemetry/log_writer.hpp"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <string_view>
#include <utility>

#include "async/thread.hpp"

namespace weft {
namespace {

constexpr int poll_ms = 100;  // how soon a stop is seen while the descriptor takes nothing
constexpr std::chrono::seconds last_words{1};
// A pipe that is ready takes this much without blocking (pipe(7)).
constexpr std::size_t atomic_write = 4096;

// Whether the descriptor takes bytes now; waits a moment for it.
bool wait_until_writable(int descriptor) {
    pollfd state{descriptor, POLLOUT, 0};
    return ::poll(&state, 1, poll_ms) == 1;
}

// Anything else may wait for whoever reads it.
bool is_regular_file(int descriptor) {
    struct stat status {};
    return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace

LogWriter::LogWriter(int descriptor, std::size_t queue)
    : descriptor_{descriptor},
      may_wait_{!is_regular_file(descriptor)},
      queue_limit_{queue},
      thread_{start_thread([this] { run(); })} {}

LogWriter::~LogWriter() {
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
        give_up_ = std::chrono::steady_clock::now() + last_words;
    }
    changed_.notify_one();
    thread_.join();
}

std::string LogWriter::submit(LogBlock block) {
    const std::scoped_lock lock{mutex_};
    if (queue_.size() >= queue_limit_) {
        drop(block);
        block.text().clear();
        return std::move(block.text());
    }
    queue_.push_back(std::move(block));
    changed_.notify_one();
    if (empty_.empty()) return {};
    std::string next = std::move(empty_.back());
    empty_.pop_back();
    return next;
}

void LogWriter::drop(const LogBlock& block) noexcept {
    dropped_.fetch_add(block.lines(), std::memory_order_relaxed);
}

void LogWriter::run() {
    std::unique_lock lock{mutex_};
    for (;;) {
        changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        // Stays in the queue meanwhile, so that the queue's limit counts it.
        LogBlock& block = queue_.front();
        lock.unlock();
        if (!write_out(block.text())) drop(block);
        lock.lock();
        block.text().clear();
        empty_.push_back(std::move(block.text()));
        queue_.pop_front();
    }
}

bool LogWriter::gave_up() {
    const std::scoped_lock lock{mutex_};
    return stopping_ && std::chrono::steady_clock::now() >= give_up_;
}

// False if some of it could not be written.
bool LogWriter::write_out(std::string_view text) {
    while (!text.empty()) {
        if (may_wait_ && !wait_until_writable(descriptor_)) {
            if (gave_up()) return false;
            continue;
        }
        const auto piece = may_wait_ ? text.substr(0, atomic_write) : text;
        const ssize_t written = ::write(descriptor_, piece.data(), piece.size());
        if (written > 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR && errno != EAGAIN) {
            return false;
        }
    }
    return true;
}

}  // namespace weft
