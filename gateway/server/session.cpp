#include "server/session.hpp"

#include <algorithm>

namespace weft {
namespace {

// While draining, a connection is given the time in which a request arrives that was on its way:
// the first one, sent with the handshake's end, or the next one of a client that knows of no drain.
constexpr std::chrono::milliseconds drain_grace{250};

}  // namespace

Session::Session(Descriptor socket, const Peer& peer, SessionContext& context)
    : context_{context},
      connection_{
          std::move(socket), context.socket_events, context.timers, context.settings.timeouts},
      client_{peer.address, peer.trusted},
      opened_{context.timers.now()},
      idle_since_{opened_} {}

// The wait stands here, because every coroutine between it and the first costs an idle connection
// memory.
Awaitable<void> Session::run() {
    auto ending = Turn::Ending::silent;
    for (;;) {
        idle_ = true;
        Found found = look_for_request(ReadEnd::bytes);
        while (found == Found::nothing) {
            connection_.begin_wait(idle_deadline());
            const Waited waited = co_await connection_.input();
            found = look_for_request(connection_.end_wait(waited));
        }
        if (found == Found::end) break;
        begin_turn();
        co_await turn_->run();
        idle_since_ = turn_->ended();
        if (turn_->ending() != Turn::Ending::next) {
            ending = turn_->ending();
            break;
        }
        if (turn_->has_begun()) {
            // Who pipelines has no more of the worker than who does not.
            co_await connection_.take_turns();
            if (!connection_.is_open()) break;
        } else if (turn_->is_empty()) {
            turn_.reset();
        }
    }
    co_await finish(ending);
}

TimePoint Session::idle_deadline() const noexcept {
    const SessionTimeouts& timeouts = context_.settings.timeouts;
    if (!served_) return opened_ + (draining_ ? Duration{drain_grace} : timeouts.first_byte);
    const TimePoint idle_until = idle_since_ + timeouts.idle;
    return draining_ ? std::min(idle_until, drain_began_ + drain_grace) : idle_until;
}

// After a wait that has ended so. Between two requests the connection may end without a word.
Session::Found Session::look_for_request(ReadEnd waited) {
    if (waited == ReadEnd::failed || !connection_.is_open()) return Found::end;
    if (turn_ && turn_->has_begun()) return Found::request;
    if (!connection_.may_have_input()) return Found::nothing;
    // Only what may be here needs a turn to be read into.
    if (!turn_) turn_ = std::make_unique<Turn>(connection_, client_, context_);
    const auto read = connection_.read_what_is_here(turn_->reader());
    if (read && *read != ReadEnd::bytes) return Found::end;
    // An empty line before a request does not begin it: the time of a head does not run.
    if (turn_->has_begun()) return Found::request;
    if (turn_->is_empty()) turn_.reset();
    return waited == ReadEnd::timed_out ? Found::end : Found::nothing;
}

void Session::begin_turn() {
    idle_ = false;
    served_ = true;
    if (draining_) turn_->drain();
}

Awaitable<void> Session::finish(Turn::Ending ending) {
    if (ending == Turn::Ending::reset) connection_.reset();
    const SessionTimeouts& timeouts = context_.settings.timeouts;
    if (ending == Turn::Ending::part)
        co_await connection_.linger(timeouts.parting, context_.last_turns);
    if (ending == Turn::Ending::linger)
        co_await connection_.linger(timeouts.linger, context_.last_turns);
    connection_.close();
}

void Session::drain() {
    draining_ = true;
    drain_began_ = context_.timers.now();
    if (idle_) return connection_.interrupt();
    turn_->drain();
}

bool Session::close_if_idle() {
    const bool is_idle = idle_ && served_;
    if (is_idle) connection_.close();
    return is_idle;
}

void Session::close() {
    connection_.close();
    if (turn_) turn_->client_is_gone();
}

}  // namespace weft
