// An exchange with a service that is played from a stub. What the stub answers is written as bytes
// and read by the reader of real answers, so that it is checked and limited as they are.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/response_reader.hpp"
#include "trial/stub_services.hpp"
#include "trial/virtual_time.hpp"
#include "upstream/exchange.hpp"
#include "upstream/upstream.hpp"

namespace weft {

class StubExchange final : public Exchange, public std::enable_shared_from_this<StubExchange> {
  public:
    // What is given outlives it.
    struct Parts {
        VirtualTime& time;
        StubServices& services;
        const UpstreamSettings& settings;
    };
    explicit StubExchange(const Parts& parts);

    // An answer that is due at the very time comes too late.
    void expires_at(TimePoint when) override;
    void never_expires() override { expires_at(TimePoint::max()); }
    void send(ExchangeRequest&& request, std::shared_ptr<ExchangeUser> user) override;
    Result<bool> is_sent() override;
    Result<bool> has_room() override;
    Result<void> write(std::string_view piece) override;
    Result<void> finish() override;
    Result<const ResponseHead*> head() override;
    Result<BodyPart> body() override;
    void cancel(FailureKind why) override;
    ExchangeFacts facts() const noexcept override;

  private:
    bool is_over() const noexcept { return ended_ || head_ != nullptr; }
    // Has the user told once the answer is due, or too late.
    void watch_time();
    void on_time();
    // What time has brought.
    void look();
    void fail(Failure failure);  // the first one stays
    void receive_head();

    Parts parts_;
    ResponseReader reader_;
    ExchangeRequest request_;
    std::shared_ptr<ExchangeUser> user_;
    const Stub* stub_ = nullptr;  // of a request that was sent
    TimePoint answered_at_{};
    TimePoint deadline_ = TimePoint::max();
    std::string answer_;       // its bytes
    std::string_view unread_;  // of them
    const ResponseHead* head_ = nullptr;
    std::optional<Failure> ended_;
    bool written_ = false;
};

}  // namespace weft
