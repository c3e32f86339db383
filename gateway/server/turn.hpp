// What a connection has while it has a request: from the first byte to the end of the answer.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "async/last_turns.hpp"
#include "http/exchange.hpp"
#include "http/request_reader.hpp"
#include "server/answer_writer.hpp"
#include "server/client_connection.hpp"
#include "server/date_cache.hpp"
#include "server/events.hpp"
#include "server/request_body.hpp"
#include "server/request_id.hpp"
#include "server/settings.hpp"

namespace weft {

// What all sessions of a worker stand on.
struct SessionContext {
    SocketEvents& socket_events;
    Timers& timers;
    Handler& handler;
    ServerEvents& events;
    ServerSettings settings;
    DateCache date;
    RequestIds ids;
    LastTurns last_turns;  // for whoever is refused for what it sent
};

// As the handler is told.
struct ClientName {
    std::string address;  // without the port
    bool trusted = false;
};

class Turn {
  public:
    enum class Ending : std::uint8_t {
        next,    // the connection may have another request
        silent,  // nobody is left to hear
        part,    // an answer is on its way, and its request was read to its end
        linger,  // an answer is on its way, and maybe more of what it answers
        reset,   // the answer must not look whole
    };

    // All outlive it.
    Turn(ClientConnection& connection, const ClientName& client, SessionContext& context);

    // What comes goes here. Once it has begun, run() may be called.
    RequestReader& reader() noexcept { return reader_; }
    bool has_begun() const noexcept { return reader_.started(); }
    bool is_empty() const noexcept { return reader_.empty(); }

    // Reads the request to its end, has it handled and answers. Again for the one behind it, if
    // that has begun.
    Awaitable<void> run();
    Ending ending() const noexcept { return go_on_ ? Ending::next : ending_; }
    TimePoint ended() const noexcept { return ended_; }

    // From any state.
    void drain() noexcept { draining_ = true; }  // no request follows that has not been sent
    void client_is_gone();

  private:
    void client_has_reset();
    Awaitable<Result<const RequestHead*>> rest_of_head();
    void begin_request(const RequestHead& head);
    void take_request_id(const RequestHead& head);
    void forget_last_request();
    Awaitable<void> answer_request();
    Answer bug_answer(std::string_view bug);
    std::optional<AnswerEnd> begin_sending(const Answer& answer);
    Awaitable<AnswerEnd> finish_sending(const Answer& answer);
    std::optional<AnswerEnd> begin_writing(const Answer& answer);
    Awaitable<AnswerEnd> finish_writing(const Answer& answer);
    Awaitable<AnswerEnd> write_instead(const Failure& failure);
    AnswerEnd broken_off(const std::exception& bug);
    Awaitable<bool> drop_rest();
    Awaitable<void> refuse(const Failure& failure);
    void end_work();
    void end_record();

    Answer problem_for(const Failure& failure) const;
    bool may_go_on(const Answer& answer);
    ConnectionOption connection_option() const noexcept;
    void note_end(AnswerEnd end);

    SessionContext& context_;
    ClientConnection& connection_;
    const ClientName& client_;
    RequestReader reader_;
    RequestBody body_;
    AnswerWriter writer_;
    Alarm gone_alarm_;  // of a client that reset while its request was young
    Request request_;
    RequestRecord record_;
    TimePoint began_{};  // the request's first byte
    TimePoint ended_{};
    std::uint64_t sent_before_ = 0;
    bool in_work_ = false;
    bool client_gone_ = false;
    bool draining_ = false;
    bool go_on_ = true;
    Ending ending_ = Ending::silent;
};

}  // namespace weft
