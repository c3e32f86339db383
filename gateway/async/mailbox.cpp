#include "async/mailbox.hpp"

#include <sys/eventfd.h>

#include <boost/system/system_error.hpp>
#include <cerrno>
#include <utility>

namespace weft {
namespace {

int make_bell() {
    const int descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (descriptor >= 0) return descriptor;
    throw boost::system::system_error{errno, boost::system::system_category(), "eventfd"};
}

}  // namespace

Mailbox::Mailbox(Executor executor) : bell_{executor, make_bell()} { wait(); }

void Mailbox::post(std::function<void()> letter) {
    const std::lock_guard lock{mutex_};
    letters_.push_back(std::move(letter));
    // Fails only while it rings already.
    ::eventfd_write(bell_.native_handle(), 1);
}

void Mailbox::wait() {
    bell_.async_wait(asio::posix::descriptor_base::wait_read, [this](const error_code& error) {
        if (error) return;
        wait();
        open_letters();
    });
}

// The bell is silenced first: who posts from then on rings it again.
void Mailbox::open_letters() {
    eventfd_t rings = 0;
    ::eventfd_read(bell_.native_handle(), &rings);
    std::unique_lock lock{mutex_};
    const auto letters = std::exchange(letters_, {});
    lock.unlock();
    for (const auto& letter : letters) letter();
}

}  // namespace weft
