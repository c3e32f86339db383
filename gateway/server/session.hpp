// One client connection, as one coroutine that reads top to bottom: a request is read, handled and
// answered, then the next. Between two requests it holds next to nothing.
#pragma once

#include <cstdint>
#include <memory>

#include "server/client_connection.hpp"
#include "server/peer.hpp"
#include "server/turn.hpp"

namespace weft {

class Session {
  public:
    Session(Descriptor socket, const Peer& peer, SessionContext& context);

    // Once; the session outlives it.
    Awaitable<void> run();

    // From any state, while run() is suspended or not yet started.
    void drain();          // ends between two requests
    bool close_if_idle();  // after an answer, if nothing of a request is here; whether it was so
    void close();          // at once; a request in work sees its client gone

  private:
    // Of the next request.
    enum class Found : std::uint8_t {
        request,  // a byte of it is here
        nothing,
        end,  // there will be none
    };
    Found look_for_request(ReadEnd waited);
    void begin_turn();
    Awaitable<void> finish(Turn::Ending ending);
    TimePoint idle_deadline() const noexcept;

    SessionContext& context_;
    ClientConnection connection_;
    ClientName client_;
    std::unique_ptr<Turn> turn_;  // from the first byte of a request to the end of its answer
    TimePoint opened_;
    TimePoint idle_since_;
    TimePoint drain_began_{};
    bool served_ = false;  // a request came
    bool idle_ = true;
    bool draining_ = false;
};

}  // namespace weft
