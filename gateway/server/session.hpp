// One client connection, as one coroutine that reads top to bottom: a request is read, handled and
// answered, then the next.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "http/exchange.hpp"
#include "http/request_reader.hpp"
#include "server/answer_writer.hpp"
#include "server/client_connection.hpp"
#include "server/date_cache.hpp"
#include "server/events.hpp"
#include "server/peer.hpp"
#include "server/request_body.hpp"
#include "server/request_id.hpp"
#include "server/settings.hpp"

namespace weft {

// What all sessions of a worker stand on.
struct SessionContext {
    Timers& timers;
    Handler& handler;
    ServerEvents& events;
    ServerSettings settings;
    DateCache date;
    RequestIds ids;
};

class Session {
  public:
    Session(Socket socket, const Peer& peer, SessionContext& context);

    // Once; the session outlives it.
    Awaitable<void> run();

    // From any state, while run() is suspended or not yet started.
    void drain();          // ends between two requests
    bool close_if_idle();  // after an answer, if nothing of a request is here; whether it was so
    void close();          // at once; a request in work sees its client gone

  private:
    enum class Ending : std::uint8_t {
        silent,  // nothing was asked, or nobody is left to hear
        part,    // an answer is on its way, and its request was read to its end
        linger,  // an answer is on its way, and maybe more of what it answers
        reset,   // the answer must not look whole
    };

    Awaitable<const RequestHead*> next_request();
    Awaitable<void> serve(const RequestHead& head);
    void begin_request(const RequestHead& head);
    Awaitable<void> answer_request();
    Awaitable<Answer> ask_handler();
    Awaitable<void> send(Answer& answer);
    Awaitable<void> end_stream(const Answer& answer);
    Awaitable<void> refuse(const Failure& failure);
    Awaitable<void> finish();

    TimePoint idle_deadline() const noexcept;
    void take_request_id(const RequestHead& head);
    Answer problem_for(const Failure& failure) const;
    bool may_go_on(const Answer& answer);
    ConnectionOption connection_option() const noexcept;
    Awaitable<AnswerEnd> write(Answer& answer);
    Awaitable<AnswerEnd> write_instead(const Failure& failure);
    void note_end(AnswerEnd end);
    void forget_last_request();
    void release_memory();
    void on_client_gone();
    void end_record();

    SessionContext& context_;
    ClientConnection connection_;
    RequestReader reader_;
    RequestBody body_;
    AnswerWriter writer_;
    Alarm watch_alarm_;  // begins to watch for a reset when a request takes long
    Request request_;
    RequestRecord record_;
    std::string peer_;
    bool peer_is_trusted_;
    TimePoint opened_;
    TimePoint idle_since_;
    TimePoint began_{};  // the current request's first byte
    std::uint64_t sent_before_ = 0;
    std::uint64_t requests_ = 0;
    bool idle_ = true;
    bool in_work_ = false;
    bool client_gone_ = false;
    bool draining_ = false;
    bool go_on_ = true;
    Ending ending_ = Ending::silent;
};

}  // namespace weft
