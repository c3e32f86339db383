// A service that notes all that reaches it, judges each request by take_request(), and answers the
// good ones with their own body. One thread serves all its connections: what has reached it before
// an answer of its own is noted before that answer goes.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "conformance/strict_request.hpp"

namespace weft::conformance {

class RecordingService {
  public:
    struct Record {
        std::size_t begun = 0;                 // requests of which at least one byte came
        std::vector<ServiceRequest> requests;  // whole and well-formed
        std::vector<std::string> faults;
    };

    RecordingService();
    ~RecordingService();
    RecordingService(const RecordingService&) = delete;
    RecordingService& operator=(const RecordingService&) = delete;

    std::uint16_t port() const noexcept { return port_; }

    // What came since the last call.
    Record take_record();

  private:
    struct Peer {
        int socket;
        std::string bytes;  // what came and is not answered
    };

    void run();
    void accept_all();
    void receive_all();
    void answer_all();
    // False: the connection has come to its end.
    bool receive(Peer& peer);
    bool answer(Peer& peer);

    int listener_ = -1;
    int stop_read_ = -1;
    int stop_write_ = -1;
    std::uint16_t port_ = 0;
    std::vector<Peer> peers_;
    std::mutex mutex_;  // guards record_
    Record record_;
    std::thread thread_;
};

}  // namespace weft::conformance
