// Threads beside the main one.
#pragma once

#include <functional>
#include <thread>

namespace weft {

// Signals are the main thread's: none is delivered to the new one (pthread_sigmask(3)), so that no
// call in it ends early, and none waits for a thread that is busy. Throws std::system_error where
// the system has no thread to give.
std::thread start_thread(std::function<void()> body);

}  // namespace weft
