#include "integration/harness/process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace weft {
namespace {

struct Pipe {
    int read_end = -1;
    int write_end = -1;
};

Pipe make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::system_error{errno, std::generic_category(), "pipe"};
    }
    return {ends[0], ends[1]};
}

// Calls only what is safe between fork and exec.
[[noreturn]] void become(char* const* arguments, int output, int errors, pid_t parent) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    const int input = ::open("/dev/null", O_RDONLY);
    ::dup2(input, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(errors, STDERR_FILENO);
    ::execv(arguments[0], arguments);
    ::_exit(127);
}

bool has_all(std::string_view line, const std::vector<std::string>& words) {
    return std::all_of(words.begin(), words.end(), [line](const std::string& word) {
        return line.find(word) != std::string_view::npos;
    });
}

// The first whole line for which `wanted` holds.
template <class Wanted>
std::optional<std::string> find_line(std::string_view text, Wanted wanted) {
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        const auto line = text.substr(0, end);
        if (wanted(line)) return std::string{line};
        text.remove_prefix(end + 1);
    }
    return std::nullopt;
}

}  // namespace

Process::Process(std::vector<std::string> arguments) {
    const Pipe output = make_pipe();
    const Pipe errors = make_pipe();
    start(arguments, output.write_end, errors.write_end);
    ::close(output.write_end);
    ::close(errors.write_end);
    output_reader_ = std::thread{[this, output] { read(output.read_end, output_); }};
    errors_reader_ = std::thread{[this, errors] { read(errors.read_end, errors_); }};
}

Process::~Process() {
    if (!exit_code_) {
        ::kill(-pid_, SIGKILL);
        reap();
    }
    output_reader_.join();
    errors_reader_.join();
}

void Process::start(const std::vector<std::string>& arguments, int output, int errors) {
    std::vector<char*> pointers;
    for (const auto& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
    pointers.push_back(nullptr);
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ == 0) become(pointers.data(), output, errors, parent);
    if (pid_ < 0) throw std::system_error{errno, std::generic_category(), "fork"};
    // Both sides do it, so that the group exists whoever comes first.
    ::setpgid(pid_, pid_);
}

void Process::read(int pipe, std::string& into) {
    std::array<char, 64 << 10> bytes{};
    for (;;) {
        const auto got = ::read(pipe, bytes.data(), bytes.size());
        if (got < 0 && errno == EINTR) continue;
        const std::lock_guard lock{mutex_};
        if (got > 0) {
            into.append(bytes.data(), static_cast<std::size_t>(got));
        } else {
            --open_pipes_;
        }
        changed_.notify_all();
        if (got <= 0) break;
    }
    ::close(pipe);
}

void Process::signal(int number) const { ::kill(pid_, number); }

std::string Process::output() const {
    const std::lock_guard lock{mutex_};
    return output_;
}

std::string Process::errors() const {
    const std::lock_guard lock{mutex_};
    return errors_;
}

template <class Wanted>
std::string Process::await_line(const std::string& text, Wanted wanted, const std::string& name) {
    std::unique_lock lock{mutex_};
    std::optional<std::string> line;
    const auto found = [&] {
        line = find_line(text, wanted);
        return line.has_value() || open_pipes_ == 0;
    };
    changed_.wait_for(lock, patience, found);
    if (!line) give_up(name);
    return *line;
}

std::string Process::line_after(const std::string& beginning) {
    const auto begins = [&](std::string_view line) { return line.starts_with(beginning); };
    return await_line(output_, begins, beginning).substr(beginning.size());
}

std::uint16_t Process::port_after(const std::string& beginning) {
    const auto rest = line_after(beginning);
    return static_cast<std::uint16_t>(std::stoul(rest.substr(rest.rfind(':') + 1)));
}

std::string Process::line_with(const std::vector<std::string>& words) {
    const auto holds = [&](std::string_view line) { return has_all(line, words); };
    return await_line(output_, holds, words.empty() ? "a line" : words.front());
}

std::string Process::log_line(const std::string& text, std::size_t number) {
    const auto holds = [&text, left = number](std::string_view line) mutable {
        return line.find(text) != std::string_view::npos && --left == 0;
    };
    return await_line(errors_, holds, std::to_string(number) + " x " + text);
}

void Process::give_up(const std::string& waited_for) const {
    throw std::runtime_error{
        "waited in vain for \"" + waited_for + "\"\n--- stdout\n" + output_ + "\n--- stderr\n" +
        errors_};
}

std::optional<int> Process::wait_for_exit(std::chrono::milliseconds limit) {
    {
        // A process that has ended has closed its pipes; nothing else is cheap to wait for with a
        // limit.
        std::unique_lock lock{mutex_};
        if (!changed_.wait_for(lock, limit, [this] { return open_pipes_ == 0; }))
            return std::nullopt;
    }
    reap();
    return exit_code_;
}

void Process::reap() {
    if (exit_code_) return;
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0) {
        if (errno != EINTR) throw std::system_error{errno, std::generic_category(), "waitpid"};
    }
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace weft
