#include "upstream/http1_exchange.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <utility>

namespace weft {
namespace {

FailureKind connect_failure(const std::optional<error_code>& error) {
    if (error == asio::error::timed_out) return FailureKind::connect_timeout;
    // Our own want of descriptors is not the service's refusal.
    if (error == asio::error::no_descriptors) return FailureKind::unavailable;
    return FailureKind::connection_refused;
}

}  // namespace

Http1Exchange::Http1Exchange(std::shared_ptr<Pool> pool)
    : pool_{std::move(pool)},
      progress_{pool_->executor()},
      room_{pool_->executor()},
      alarm_{pool_->timers(), [this] { on_alarm(); }} {
    pool_->enter(*this);
}

Http1Exchange::~Http1Exchange() {
    if (phase_ == Phase::waiting) pool_->stop_waiting(*this);
    if (lease_ && may_be_used_again()) lease_.return_connection();
    pool_->leave(*this);
}

bool Http1Exchange::may_be_used_again() {
    return head_ != nullptr && writer_.complete() && connection_->reader().reusable();
}

ExchangeFacts Http1Exchange::facts() const noexcept {
    return {reused_, attempts_, writer_.any_written()};
}

Failure Http1Exchange::end(Failure failure) {
    if (ended_) return *ended_;
    ended_ = std::move(failure.at_upstream(pool_->settings().name));
    alarm_.disarm();
    if (phase_ == Phase::waiting) pool_->stop_waiting(*this);
    phase_ = Phase::exchanging;
    lease_.release();
    progress_.notify();
    room_.notify();
    return *ended_;
}

void Http1Exchange::expires_at(TimePoint when) {
    deadline_ = when;
    overdue_ = false;
    if (phase_ == Phase::waiting) return enter(phase_);
    set_alarm();
}

void Http1Exchange::enter(Phase phase) {
    phase_ = phase;
    const TimePoint now = pool_->timers().now();
    phase_until_ = TimePoint::max();
    if (phase == Phase::waiting && deadline_ != TimePoint::max()) {
        phase_until_ = now + (deadline_ - now) / 2;
    }
    if (phase == Phase::connecting) phase_until_ = now + pool_->settings().connect_timeout;
    set_alarm();
}

void Http1Exchange::set_alarm() {
    const TimePoint when = std::min(deadline_, phase_until_);
    if (ended_ || when == TimePoint::max()) return alarm_.disarm();
    if (!alarm_.armed() || alarm_.when() != when) alarm_.arm(when);
}

void Http1Exchange::on_alarm() {
    switch (phase_) {
        case Phase::waiting:
            end(Failure{FailureKind::connection_limit, "no connection became free in time"});
            return;
        case Phase::connecting:
            return on_connect_alarm();
        case Phase::exchanging:
            return look_a_last_time();
    }
}

// An event loop that is late hears of the alarm before it hears of sockets that were ready in time.
void Http1Exchange::on_connect_alarm() {
    if (deadline_ <= pool_->timers().now()) {
        end(Failure{FailureKind::connect_timeout});
        return;
    }
    phase_until_ = TimePoint::max();
    set_alarm();
    if (connected_ || connection_->connect_has_ended()) return;
    connection_->close();
    connected_ = asio::error::timed_out;
    progress_.notify();
}

// As with a connect: what came, or could be sent, in time counts. Whoever then still has to wait
// finds that it is over.
void Http1Exchange::look_a_last_time() {
    overdue_ = true;
    if (connection_) {
        if (!writer_.flushed()) writer_.flush(*connection_);
        connection_->look_again();
    }
    progress_.notify();
    room_.notify();
}

bool Http1Exchange::is_over() {
    if (overdue_ && !ended_)
        end(Failure{writer_.flushed() ? FailureKind::read_timeout : FailureKind::write_timeout});
    return ended_.has_value();
}

Awaitable<Result<void>> Http1Exchange::send(ExchangeRequest request) {
    request_ = std::move(request);
    if (ended_) co_return *ended_;
    if (deadline_ <= pool_->timers().now()) co_return end(Failure{FailureKind::connect_timeout});
    auto lease = pool_->take(*this);
    if (lease.has_error()) co_return end(lease.error());
    lease_ = std::move(*lease);
    if (!lease_) enter(Phase::waiting);
    while (!lease_ && !ended_) co_await progress_.wait();
    if (overdue_) co_return end(Failure{FailureKind::connect_timeout});
    if (ended_) co_return *ended_;
    if (!lease_.connection()) {
        const auto connected = co_await connect();
        if (connected.has_error()) co_return connected.error();
    }
    begin_attempt();
    co_return Result<void>{};
}

void Http1Exchange::on_leased(Lease lease) {
    lease_ = std::move(lease);
    enter(Phase::exchanging);
    progress_.notify();
}

// A cancelled call says nothing about the endpoint, and our own want of descriptors neither.
bool Http1Exchange::blames_endpoint() const noexcept {
    if (connected_) return connected_->failed() && *connected_ != asio::error::no_descriptors;
    return ended_ && ended_->kind() == FailureKind::connect_timeout;
}

Awaitable<Result<void>> Http1Exchange::connect() {
    const auto order = pool_->connect_order();
    connected_.reset();
    for (std::size_t i = 0; i < order.size() && !ended_; ++i) {
        co_await try_endpoint(order[i]);
        if (connected_ && !connected_->failed()) {
            pool_->connected(order[i]);
            break;
        }
        if (blames_endpoint()) pool_->not_connected(order[i]);
    }
    if (ended_) co_return *ended_;
    if (!connected_ || connected_->failed()) {
        co_return end(Failure{connect_failure(connected_)});
    }
    enter(Phase::exchanging);
    co_return Result<void>{};
}

Awaitable<void> Http1Exchange::try_endpoint(std::size_t index) {
    enter(Phase::connecting);
    connection_ = pool_->fresh_connection(index);
    connection_->used_by(*this);
    lease_.put(connection_);
    connected_.reset();
    const error_code error = connection_->connect(pool_->settings().endpoints[index].address);
    if (error) connected_ = error;
    while (!connected_ && !ended_) co_await progress_.wait();
}

void Http1Exchange::on_connected(Connection&, const error_code& error) {
    connected_ = error;
    progress_.notify();
}

void Http1Exchange::begin_attempt() {
    connection_ = lease_.connection();
    connection_->used_by(*this);
    reused_ = connection_->has_served();
    ++attempts_;
    connection_->reader().begin(request_.method, request_.codings);
    writer_.begin(request_, pool_->settings().endpoints[connection_->endpoint()].authority);
    writer_.flush(*connection_);
    connection_->watch_read();
}

// The service may have closed the idle connection before the request came. Whether it had read it
// cannot be known, so it must be harmless to send it twice (RFC 9110 section 9.2.2).
bool Http1Exchange::may_replay(const Failure& failure) const noexcept {
    return failure.kind() == FailureKind::connection_closed && reused_ && attempts_ == 1 &&
           !overdue_ && request_.body_kind == BodyTransfer::buffered &&
           (is_idempotent(request_.method) || request_.has_idempotency_key);
}

void Http1Exchange::on_readable(Connection&) {
    progress_.notify();
    if (!reading_) room_.notify();
}

void Http1Exchange::on_writable(Connection& connection) {
    writer_.flush(connection);
    room_.notify();
}

Result<Http1Exchange::Pulled> Http1Exchange::pull() {
    while (connection_->readable()) {
        switch (connection_->receive()) {
            case Connection::Receive::some:
                return Pulled::some;
            case Connection::Receive::nothing_yet:
                break;
            case Connection::Receive::ended: {
                const auto end = connection_->reader().on_eof();
                if (end.has_error()) return end.error();
                return Pulled::some;
            }
            case Connection::Receive::broken:
                return Failure{
                    connection_->reader().received_any() ? FailureKind::response_incomplete
                                                         : FailureKind::connection_closed};
        }
    }
    connection_->watch_read();
    return Pulled::nothing_yet;
}

Result<const ResponseHead*> Http1Exchange::look_for_head() {
    for (;;) {
        const auto head = connection_->reader().read_head();
        if (head.has_error() || *head != nullptr) return head;
        const auto pulled = pull();
        if (pulled.has_error()) return pulled.error();
        if (*pulled == Pulled::nothing_yet) return nullptr;
    }
}

Result<BodyPart> Http1Exchange::look_for_body() {
    for (;;) {
        const auto part = connection_->reader().read_body();
        if (part.has_error() || part->state() != BodyPart::State::need_more) return part;
        const auto pulled = pull();
        if (pulled.has_error()) return pulled.error();
        if (*pulled == Pulled::nothing_yet) return part;
    }
}

Awaitable<Result<const ResponseHead*>> Http1Exchange::read_head() {
    reading_ = true;
    while (!ended_ && head_ == nullptr) {
        const auto head = look_for_head();
        if (head.has_value() && *head != nullptr) {
            head_ = *head;
        } else if (head.has_value()) {
            if (!is_over()) co_await progress_.wait();
        } else if (may_replay(head.error())) {
            const auto connected = co_await connect();
            if (connected.has_value()) begin_attempt();
        } else {
            end(head.error());
        }
    }
    reading_ = false;
    if (ended_) co_return *ended_;
    if (request_.max_body) {
        const auto limited = connection_->reader().set_body_limit(*request_.max_body);
        if (limited.has_error()) co_return end(limited.error());
    }
    co_return head_;
}

Awaitable<Result<std::string_view>> Http1Exchange::next() {
    for (;;) {
        if (ended_) co_return *ended_;
        const auto part = look_for_body();
        if (part.has_error()) co_return end(part.error());
        if (part->state() == BodyPart::State::need_more) {
            if (!is_over()) co_await progress_.wait();
            continue;
        }
        if (part->state() == BodyPart::State::end) alarm_.disarm();
        co_return part->bytes();
    }
}

}  // namespace weft
