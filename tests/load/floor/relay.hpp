// The least that a composing gateway can do: the socket exchanges of a script, on one thread, with
// epoll, over kept connections, without a look at the bytes.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "floor/script.hpp"

namespace bench {

// A socket that epoll watches: the listener, a client's, or one to the services.
struct Watched {
    enum class Kind { listener, client, line };
    Kind kind;
    int fd;
};

// What the services sent for one client, and what of the answer is not yet written.
struct Client : Watched {
    std::size_t awaited = 0;                  // calls without a whole answer
    std::vector<std::vector<char>> received;  // one buffer for each call
    std::vector<char> copied;                 // a small answer, in one piece
    std::vector<iovec> unwritten;
    bool watches_writing = false;
};

// A connection to the services and the call it is leased for.
struct Line : Watched {
    Client* client = nullptr;
    std::size_t call = 0;
    std::size_t received = 0;
};

class Relay {
  public:
    // Takes a listening socket; `services` is a port of the loopback address.
    Relay(Script script, int listener, std::uint16_t services);

    // Serves until the process ends. Throws if the services do not answer as the script says.
    [[noreturn]] void run();

  private:
    void handle(Watched& watched, std::uint32_t events);
    void accept_all();
    void read_request(Client& client);
    void read_answer(Line& line);
    void begin_call(Client& client, std::size_t call);
    Line& idle_line();
    void compose(Client& client);
    void write(Client& client);
    void close(Client& client);
    void watch(Watched& watched, std::uint32_t events, int operation) const;

    const Script script_;
    const std::size_t answer_length_;
    const std::uint16_t services_;
    Watched listener_;
    int epoll_;
    std::vector<std::unique_ptr<Line>> lines_;
    std::vector<Line*> idle_;
};

}  // namespace bench
