#include "app/process.hpp"

#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <sstream>

namespace weft {
namespace {

sigset_t hangup() noexcept {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    return set;
}

}  // namespace

void hold_back_reloads() noexcept {
    const sigset_t held = hangup();
    pthread_sigmask(SIG_BLOCK, &held, nullptr);
}

void let_reloads_through() noexcept {
    const sigset_t held = hangup();
    pthread_sigmask(SIG_UNBLOCK, &held, nullptr);
}

void ignore_broken_pipes() noexcept {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

void raise_file_limit() noexcept {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

void announce(std::string_view what, const Endpoint& endpoint) {
    std::ostringstream line;
    line << what << " on " << endpoint << '\n';
    const auto text = std::move(line).str();
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

}  // namespace weft
