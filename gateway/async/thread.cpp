#include "async/thread.hpp"

#include <csignal>
#include <utility>

namespace weft {
namespace {

// A thread inherits the mask of the one that starts it.
class SignalsHeld {
  public:
    SignalsHeld() noexcept {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    SignalsHeld(const SignalsHeld&) = delete;
    SignalsHeld& operator=(const SignalsHeld&) = delete;
    ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  private:
    sigset_t before_{};
};

}  // namespace

std::thread start_thread(std::function<void()> body) {
    const SignalsHeld held;
    return std::thread{std::move(body)};
}

}  // namespace weft
