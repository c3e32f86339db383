// A child process: started, listened to, and surely ended with the test, even if the test itself
// dies.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "integration/harness/patience.hpp"

namespace weft {

class Process {
  public:
    // The first argument is the path of the executable. Must be called from a thread that lives as
    // long as the child.
    explicit Process(std::vector<std::string> arguments);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t pid() const noexcept { return pid_; }
    void signal(int number) const;

    // What it has written so far.
    std::string output() const;
    std::string errors() const;

    // The rest of the first line on standard output that begins so. Throws, with all that was
    // written, if the process ends or patience does.
    std::string line_after(const std::string& beginning);
    // The port at the end of such a line.
    std::uint16_t port_after(const std::string& beginning);
    // Waits until a whole line on standard output contains all of it; the line.
    std::string line_with(const std::vector<std::string>& words);
    // Waits until so many whole lines on standard error contain it; the last of them.
    std::string log_line(const std::string& text, std::size_t number = 1);

    // The exit code, 128 + the number for a signal; nothing if it still runs after `limit`.
    std::optional<int> wait_for_exit(std::chrono::milliseconds limit = patience);

  private:
    void start(const std::vector<std::string>& arguments, int output, int errors);
    void read(int pipe, std::string& into);
    void reap();
    // Of `output_` or `errors_`. A copy of `wanted` is asked each time, from the first line on.
    template <class Wanted>
    std::string await_line(const std::string& text, Wanted wanted, const std::string& name);
    [[noreturn]] void give_up(const std::string& waited_for) const;

    pid_t pid_ = -1;
    std::optional<int> exit_code_;
    mutable std::mutex mutex_;  // guards what follows
    mutable std::condition_variable changed_;
    std::string output_;
    std::string errors_;
    int open_pipes_ = 2;
    std::thread output_reader_;
    std::thread errors_reader_;
};

}  // namespace weft
