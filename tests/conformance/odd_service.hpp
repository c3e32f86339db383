// A service that answers /case/... with the bytes it was told, however odd, and /clean/ID with the
// ID.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "conformance/answers.hpp"
#include "integration/harness/raw_service.hpp"

namespace weft::conformance {

class OddService {
  public:
    struct Play {
        std::string bytes;
        Then then = Then::open;
    };
    using ConnectionNumber = std::size_t;

    OddService();

    std::uint16_t port() const noexcept { return service_.port(); }

    // What /case/... is answered with from now on.
    void play(Play play);

    // Where the last request of that kind came.
    ConnectionNumber connection_of_case() const;
    ConnectionNumber connection_of_clean_request() const;
    // Whether the connection has come to its end before patience does.
    bool wait_for_end_of(ConnectionNumber connection) const;
    // Says it on that connection, which is still open, whether asked or not.
    void say_on(ConnectionNumber connection, const std::string& bytes);

  private:
    void converse(Connection& connection);
    // False: the connection is over.
    bool answer(const Message& request, Connection& connection, ConnectionNumber number);

    mutable std::mutex mutex_;  // guards what follows
    mutable std::condition_variable changed_;
    Play play_;
    ConnectionNumber connections_ = 0;
    ConnectionNumber case_at_ = 0;
    ConnectionNumber clean_at_ = 0;
    std::map<ConnectionNumber, Connection*> open_;
    std::set<ConnectionNumber> ended_;
    RawService service_;  // last, because its threads use all the others
};

}  // namespace weft::conformance
