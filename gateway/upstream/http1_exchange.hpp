// An exchange over one HTTP/1.1 connection of the pool.
#pragma once

#include "upstream/exchange.hpp"
#include "upstream/pool.hpp"
#include "upstream/request_writer.hpp"

namespace weft {

class Http1Exchange final : public Exchange,
                            private PoolUser,
                            private ConnectionUser,
                            public std::enable_shared_from_this<Http1Exchange> {
  public:
    explicit Http1Exchange(std::shared_ptr<Pool> pool);
    ~Http1Exchange() override;
    Http1Exchange(const Http1Exchange&) = delete;
    Http1Exchange& operator=(const Http1Exchange&) = delete;

    void expires_at(TimePoint when) override;
    void never_expires() override { expires_at(TimePoint::max()); }
    void send(ExchangeRequest&& request, std::shared_ptr<ExchangeUser> user) override;
    Result<bool> is_sent() override;
    Result<bool> has_room() override;
    Result<void> write(std::string_view piece) override;
    Result<void> finish() override;
    Result<const ResponseHead*> head() override;
    Result<BodyPart> body() override;
    void cancel(FailureKind why) override { end(Failure{why}); }
    ExchangeFacts facts() const noexcept override;

  private:
    enum class Phase : std::uint8_t { waiting, connecting, exchanging };
    enum class Pulled : std::uint8_t { some, nothing_yet };

    void on_leased(Lease lease) override;
    void on_pool_closed() override;
    void on_connected(Connection& connection, const error_code& error) override;
    void on_readable(Connection& connection) override;
    void on_writable(Connection& connection) override;
    void on_alarm();
    void on_connect_alarm();
    void look_a_last_time();
    void tell_user();

    void enter(Phase phase);
    void set_alarm();
    void begin();
    void begin_after_wait();
    void connect();
    void try_endpoints();
    void connect_ended(const error_code& error);
    void begin_attempt();
    bool is_exchanging() const noexcept { return phase_ == Phase::exchanging && attempts_ > 0; }
    bool may_replay(const Failure& failure) const noexcept;
    bool takes_no_more();
    bool may_be_used_again();

    Result<Pulled> pull();
    ResponseReader& reader();
    Result<const ResponseHead*> look_for_head();
    Result<const ResponseHead*> take_head(const ResponseHead& head);
    Result<BodyPart> look_for_body();
    // Asked where there is nothing yet.
    bool is_over();

    void no_longer_under_way() noexcept;
    // Remembers the first failure and gives everything up.
    Failure end(Failure failure);
    // What the end says about the service.
    Verdict verdict() const noexcept;

    std::shared_ptr<Pool> pool_;
    std::shared_ptr<ExchangeUser> user_;
    Lease lease_;
    ConnectionPointer connection_;
    std::unique_ptr<ResponseReader> reader_;  // once there is something to read
    std::optional<ExchangeRequest> request_;  // once it has been sent
    RequestWriter writer_;
    Alarm alarm_;
    TimePoint deadline_ = TimePoint::max();
    TimePoint phase_until_ = TimePoint::max();
    Phase phase_ = Phase::exchanging;
    std::vector<std::size_t> untried_;  // endpoints to connect to, the next one last
    const ResponseHead* head_ = nullptr;
    std::optional<Failure> ended_;
    std::uint8_t attempts_ = 0;
    bool reused_ = false;
    bool under_way_ = false;  // the pool counts it
    bool overdue_ = false;    // the deadline has passed: whoever would wait on fails
};

}  // namespace weft
