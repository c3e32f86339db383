// What other threads ask an event loop to do: the one door into a loop that takes no locks.
#pragma once

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <functional>
#include <mutex>
#include <vector>

#include "async/types.hpp"

namespace weft {

// Destroyed when its loop runs no more; what has not been done by then is not done.
class Mailbox {
  public:
    // Throws boost::system::system_error where there is no descriptor to be had.
    explicit Mailbox(Executor executor);

    // From any thread: `letter` is called by the loop's, after those that were posted before.
    void post(std::function<void()> letter);

  private:
    void wait();
    void open_letters();

    asio::posix::basic_stream_descriptor<Executor> bell_;
    std::mutex mutex_;
    std::vector<std::function<void()>> letters_;
};

}  // namespace weft
