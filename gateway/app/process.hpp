// What the gateway asks of the process it runs in.
#pragma once

#include <string_view>

#include "async/types.hpp"

namespace weft {

// SIGHUP waits, in this thread and those it starts, until let_reloads_through(): a signal that
// comes while the gateway starts must not end it. Called before any thread is started.
void hold_back_reloads() noexcept;
void let_reloads_through() noexcept;

// A client that is gone and a log that may grow no more are errors of a write, not signals.
void ignore_broken_pipes() noexcept;

// Every connection is a file, and the soft limit is often 1,024: raised to the hard one.
void raise_file_limit() noexcept;

// A line on standard output, for whoever started the gateway: with port 0 nobody else knows.
void announce(std::string_view what, const Endpoint& endpoint);

}  // namespace weft
