// An exchange over one HTTP/1.1 connection of the pool.
#pragma once

#include "async/signal.hpp"
#include "upstream/exchange.hpp"
#include "upstream/pool.hpp"
#include "upstream/request_writer.hpp"

namespace weft {

class Http1Exchange final : public Exchange,
                            private BodyStream,
                            private PoolUser,
                            private ConnectionUser {
  public:
    explicit Http1Exchange(std::shared_ptr<Pool> pool);
    ~Http1Exchange() override;
    Http1Exchange(const Http1Exchange&) = delete;
    Http1Exchange& operator=(const Http1Exchange&) = delete;

    void expires_at(TimePoint when) override;
    void never_expires() override { expires_at(TimePoint::max()); }
    Awaitable<Result<void>> send(ExchangeRequest request) override;
    Awaitable<Result<void>> write(std::string_view piece) override;
    Awaitable<Result<void>> finish() override;
    Awaitable<Result<const ResponseHead*>> read_head() override;
    BodyStream& body() override { return *this; }
    void cancel(FailureKind why) override { end(Failure{why}); }
    ExchangeFacts facts() const noexcept override;

  private:
    enum class Phase : std::uint8_t { waiting, connecting, exchanging };
    enum class Pulled : std::uint8_t { some, nothing_yet };

    Awaitable<Result<std::string_view>> next() override;

    void on_leased(Lease lease) override;
    void on_pool_closed() override { cancel(FailureKind::unavailable); }
    void on_connected(Connection& connection, const error_code& error) override;
    void on_readable(Connection& connection) override;
    void on_writable(Connection& connection) override;
    void on_alarm();
    void on_connect_alarm();
    void look_a_last_time();
    // Also while a coroutine waits for what the service sends or takes.
    bool is_over();

    // A coroutine that waits for this wakes when anything about the lease, the connection or the
    // exchange has changed; it looks what.
    Awaitable<Result<void>> connect();
    Awaitable<void> try_endpoint(std::size_t index);
    bool blames_endpoint() const noexcept;
    Awaitable<Result<void>> flushed();

    void enter(Phase phase);
    void set_alarm();
    void begin_attempt();
    bool may_replay(const Failure& failure) const noexcept;
    bool takes_no_more();
    bool may_be_used_again();

    // None of these waits.
    Result<Pulled> pull();
    Result<const ResponseHead*> look_for_head();
    Result<BodyPart> look_for_body();

    // Remembers the first failure and gives everything up.
    Failure end(Failure failure);

    std::shared_ptr<Pool> pool_;
    Lease lease_;
    // Kept after the lease is given up, because views into its reader are still held.
    std::shared_ptr<Connection> connection_;
    ExchangeRequest request_{Method::get, {}};
    RequestWriter writer_;
    Signal progress_;  // for the coroutine that sends the head and reads
    Signal room_;      // for the coroutine that writes a streamed body
    Alarm alarm_;
    TimePoint deadline_ = TimePoint::max();
    TimePoint phase_until_ = TimePoint::max();
    Phase phase_ = Phase::exchanging;
    std::optional<error_code> connected_;
    const ResponseHead* head_ = nullptr;
    std::optional<Failure> ended_;
    std::uint8_t attempts_ = 0;
    bool reused_ = false;
    bool reading_ = false;  // a coroutine is in read_head()
    bool overdue_ = false;  // the deadline has passed: whoever would wait on fails
};

}  // namespace weft
