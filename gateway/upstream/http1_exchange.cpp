#include "upstream/http1_exchange.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <utility>

namespace weft {

Http1Exchange::Http1Exchange(std::shared_ptr<Pool> pool)
    : pool_{std::move(pool)}, alarm_{pool_->timers(), [this] { on_alarm(); }} {
    pool_->enter(*this);
}

Http1Exchange::~Http1Exchange() {
    if (phase_ == Phase::waiting) pool_->stop_waiting(*this);
    if (lease_ && may_be_used_again()) lease_.return_connection(std::move(reader_));
    no_longer_under_way();
    pool_->leave(*this);
}

bool Http1Exchange::may_be_used_again() {
    return head_ != nullptr && writer_.complete() && reader_->reusable();
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
    if (attempts_ > 0) pool_->ended(connection_->endpoint(), verdict());
    no_longer_under_way();
    lease_.release();
    return *ended_;
}

void Http1Exchange::no_longer_under_way() noexcept {
    if (std::exchange(under_way_, false)) pool_->exchange_ends();
}

// Whoever cancels it at its deadline was only a little faster than it.
Verdict Http1Exchange::verdict() const noexcept {
    const bool is_late = ended_->kind() == FailureKind::client_gone && head_ == nullptr &&
                         deadline_ <= pool_->timers().now();
    return verdict_of(is_late ? FailureKind::read_timeout : ended_->kind());
}

// The last thing that an event does, because the user may let go of the exchange.
void Http1Exchange::tell_user() {
    if (const auto user = user_) user->on_progress();
}

// The user goes with the handler, so that nothing is left when the event loop does not come to it.
void Http1Exchange::on_pool_closed() {
    end(Failure{FailureKind::unavailable});
    auto user = std::exchange(user_, nullptr);
    if (!user) return;
    asio::post(pool_->executor(), [user = std::move(user)] { user->on_progress(); });
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
            break;
        case Phase::connecting:
            on_connect_alarm();
            break;
        case Phase::exchanging:
            look_a_last_time();
            break;
    }
    tell_user();
}

// An event loop that is late hears of the alarm before it hears of sockets that were ready in time.
void Http1Exchange::on_connect_alarm() {
    if (deadline_ <= pool_->timers().now()) {
        pool_->not_connected(connection_->endpoint());
        end(Failure{FailureKind::connect_timeout});
        return;
    }
    phase_until_ = TimePoint::max();
    set_alarm();
    if (!connection_->connect_has_ended()) connect_ended(asio::error::timed_out);
}

// As with a connect: what came, or could be sent, in time counts. Whoever then still finds nothing
// finds that it is over.
void Http1Exchange::look_a_last_time() {
    overdue_ = true;
    if (!connection_) return;
    if (!writer_.flushed()) writer_.flush(*connection_);
    connection_->look_again();
}

bool Http1Exchange::is_over() {
    if (overdue_ && !ended_)
        end(Failure{writer_.flushed() ? FailureKind::read_timeout : FailureKind::write_timeout});
    return ended_.has_value();
}

void Http1Exchange::send(ExchangeRequest&& request, std::shared_ptr<ExchangeUser> user) {
    request_.emplace(std::move(request));
    user_ = std::move(user);
    if (ended_) return;
    under_way_ = true;
    pool_->exchange_begins();
    if (deadline_ <= pool_->timers().now()) {
        end(Failure{FailureKind::connect_timeout});
        return;
    }
    auto lease = pool_->take(*this);
    if (lease.has_error()) {
        end(lease.error());
    } else if (*lease) {
        lease_ = std::move(*lease);
        begin();
    } else {
        enter(Phase::waiting);
    }
}

Result<bool> Http1Exchange::is_sent() {
    if (ended_) return *ended_;
    return is_exchanging();
}

void Http1Exchange::begin() {
    if (!lease_.connection()) return connect();
    begin_attempt();
}

// Comes from inside whoever gives the place back, and one that fails at once would give it on to
// the next from in here.
void Http1Exchange::on_leased(Lease lease) {
    lease_ = std::move(lease);
    enter(Phase::exchanging);
    asio::post(pool_->executor(), [waiter = weak_from_this()] {
        if (const auto self = waiter.lock()) self->begin_after_wait();
    });
}

// What has come since the connection was given on is no answer to what has not been asked yet.
void Http1Exchange::begin_after_wait() {
    if (ended_) return;
    if (overdue_) {
        end(Failure{FailureKind::connect_timeout});
    } else if (lease_.connection() && !lease_.connection()->is_quiet()) {
        connect();
    } else {
        begin();
    }
    tell_user();
}

void Http1Exchange::connect() {
    untried_ = pool_->connect_order();
    std::ranges::reverse(untried_);
    try_endpoints();
}

// Until one has begun to connect.
void Http1Exchange::try_endpoints() {
    const std::size_t endpoint = untried_.back();
    untried_.pop_back();
    enter(Phase::connecting);
    connection_ = pool_->fresh_connection(endpoint);
    connection_->used_by(*this);
    lease_.put(connection_);
    const error_code error = connection_->connect(pool_->settings().endpoints[endpoint].address);
    if (error) connect_ended(error);
}

void Http1Exchange::on_connected(Connection&, const error_code& error) {
    connect_ended(error);
    tell_user();
}

void Http1Exchange::connect_ended(const error_code& error) {
    const std::size_t endpoint = connection_->endpoint();
    if (!error) {
        pool_->connected(endpoint);
        enter(Phase::exchanging);
        return begin_attempt();
    }
    connection_->close();
    const FailureKind why = connect_failure(error);
    if (verdict_of(why) == Verdict::not_connected) pool_->not_connected(endpoint);
    if (!untried_.empty()) return try_endpoints();
    end(Failure{why});
}

void Http1Exchange::begin_attempt() {
    connection_ = lease_.connection();
    connection_->used_by(*this);
    reused_ = connection_->has_served();
    ++attempts_;
    reader_.reset();
    const auto& endpoint = pool_->settings().endpoints[connection_->endpoint()];
    writer_.begin(*request_, endpoint.authority, *connection_, pool_->room_for_request());
    connection_->watch_read();
}

// The service may have closed the idle connection before the request came. Whether it had read it
// cannot be known, so it must be harmless to send it twice (RFC 9110 section 9.2.2).
bool Http1Exchange::may_replay(const Failure& failure) const noexcept {
    return failure.kind() == FailureKind::connection_closed && reused_ && attempts_ == 1 &&
           !overdue_ && request_->body_kind == BodyTransfer::buffered &&
           (is_idempotent(request_->method) || request_->has_idempotency_key);
}

void Http1Exchange::on_readable(Connection&) { tell_user(); }

void Http1Exchange::on_writable(Connection& connection) {
    writer_.flush(connection);
    tell_user();
}

}  // namespace weft
