#include "upstream/pool.hpp"

#include <algorithm>
#include <utility>

namespace weft {

Lease::Lease(Pool& pool, ConnectionPointer connection) noexcept
    : pool_{&pool}, connection_{std::move(connection)} {
    if (connection_) pool_->balance_.begin(connection_->endpoint());
}

Lease& Lease::operator=(Lease&& other) noexcept {
    if (pool_) release();
    pool_ = std::exchange(other.pool_, nullptr);
    connection_ = std::move(other.connection_);
    return *this;
}

ConnectionPointer Lease::take_connection() noexcept {
    if (connection_) pool_->balance_.end(connection_->endpoint());
    return std::exchange(connection_, nullptr);
}

void Lease::put(ConnectionPointer fresh) noexcept {
    if (const auto before = take_connection()) before->close();
    connection_ = std::move(fresh);
    pool_->balance_.begin(connection_->endpoint());
}

void Lease::release() noexcept {
    if (const auto last = take_connection()) last->close();
    if (auto* const pool = std::exchange(pool_, nullptr)) pool->give_back_place();
}

void Lease::return_connection(std::unique_ptr<ResponseReader> reader) {
    auto connection = take_connection();
    Pool* const pool = std::exchange(pool_, nullptr);
    pool->give_back(std::move(connection), std::move(reader));
}

namespace {

std::vector<std::size_t> instances_of(const std::vector<UpstreamEndpoint>& endpoints) {
    std::vector<std::size_t> instances;
    instances.reserve(endpoints.size());
    for (const UpstreamEndpoint& endpoint : endpoints) instances.push_back(endpoint.instance);
    return instances;
}

}  // namespace

Pool::Pool(
    Executor executor,
    Timers& timers,
    UpstreamSettings settings,
    const std::shared_ptr<UpstreamGauges>& gauges
)
    : executor_{executor},
      events_{asio::use_service<SocketEvents>(executor.context())},
      timers_{timers},
      settings_{std::move(settings)},
      open_{{gauges, &gauges->connections_open}},
      idle_level_{{gauges, &gauges->connections_idle}},
      waiting_level_{{gauges, &gauges->waiting_for_connection}},
      exchanges_{{gauges, &gauges->exchanges}},
      balance_{instances_of(settings_.endpoints), settings_.balance},
      idle_alarm_{timers, [this] { drop_expired(); }} {}

// What is heard from a connection between two exchanges would be taken for the answer to the next
// request; it may be there although its on_readable() has not come yet.
ConnectionPointer Pool::take_idle(std::size_t instance) {
    for (std::size_t i = idle_.size(); i > 0; --i) {
        if (instance_of(idle_[i - 1]) != instance) continue;
        auto connection = std::move(idle_[i - 1].connection);
        idle_.erase(idle_.begin() + static_cast<std::ptrdiff_t>(i) - 1);
        tell_idle();
        if (connection->is_quiet()) return connection;
        connection->close();
        open_.down();
    }
    return nullptr;
}

std::size_t Pool::most_waiters() const noexcept {
    return std::max(least_waiters, waiters_of_a_connection * settings_.max_connections);
}

ConnectionPointer Pool::take_any_idle() {
    while (!idle_.empty()) {
        if (auto connection = take_idle(instance_of(idle_.back()))) return connection;
    }
    return nullptr;
}

Result<Lease> Pool::take(PoolUser& waiter) {
    if (!balance_.any_healthy()) {
        return Failure{FailureKind::unavailable, "no instance is healthy"};
    }
    // Where there is nothing to choose, the clock need not be read.
    const std::size_t instance = balance_.instances() > 1 ? balance_.choose(timers_.now()) : 0;
    if (auto connection = take_idle(instance)) return Lease{*this, std::move(connection)};
    if (open_.read() < settings_.max_connections) {
        open_.up();
        return Lease{*this, nullptr};
    }
    if (auto connection = take_any_idle()) return Lease{*this, std::move(connection)};
    if (waiters_.size() >= most_waiters()) {
        return Failure{FailureKind::connection_limit, "too many calls wait for a connection"};
    }
    waiters_.push_back(&waiter);
    tell_waiting();
    return Lease{};
}

void Pool::stop_waiting(PoolUser& waiter) noexcept {
    std::erase(waiters_, &waiter);
    tell_waiting();
}

PoolUser& Pool::next_waiter() noexcept {
    PoolUser& next = *waiters_.front();
    waiters_.pop_front();
    tell_waiting();
    return next;
}

ConnectionPointer Pool::fresh_connection(std::size_t endpoint) {
    balance_.connecting(endpoint, timers_.now());
    return ConnectionPointer{new Connection{events_, endpoint}};
}

std::unique_ptr<ResponseReader> Pool::reader() {
    if (spare_reader_) return std::move(spare_reader_);
    return std::make_unique<ResponseReader>(settings_.head);
}

// A second less than the service says, so that it does not close while a request is on its way.
Duration Pool::idle_limit(const ResponseReader& reader) const noexcept {
    const auto announced = reader.keep_alive_timeout();
    if (!announced || *announced > settings_.idle_limit + std::chrono::seconds{1}) {
        return settings_.idle_limit;
    }
    return *announced - std::chrono::seconds{1};
}

void Pool::give_back(ConnectionPointer connection, std::unique_ptr<ResponseReader> reader) {
    const Duration limit = idle_limit(*reader);
    spare_reader_ = std::move(reader);
    const bool wanted = !waiters_.empty();
    if (draining_ || limit <= Duration::zero() || (wanted && !connection->is_quiet())) {
        connection->close();
        give_back_place();
        return;
    }
    connection->set_served();
    connection->used_by(*this);
    connection->watch_read();
    if (wanted) {
        next_waiter().on_leased(Lease{*this, std::move(connection)});
        return;
    }
    const TimePoint until = timers_.now() + limit;
    idle_.push_back({std::move(connection), until});
    tell_idle();
    if (!idle_alarm_.armed() || until < idle_alarm_.when()) idle_alarm_.arm(until);
}

void Pool::give_back_place() noexcept {
    if (waiters_.empty()) {
        open_.down();
        return;
    }
    next_waiter().on_leased(Lease{*this, nullptr});
}

// An idle connection that says anything, or ends, has nothing more to say to us. What was told may
// have been its answer, if that was read in the same turn of the event loop.
void Pool::on_readable(Connection& connection) {
    const auto found = std::find_if(idle_.begin(), idle_.end(), [&](const Idle& entry) {
        return entry.connection.get() == &connection;
    });
    if (found == idle_.end()) return;
    if (connection.is_quiet()) return connection.watch_read();
    connection.close();
    idle_.erase(found);
    tell_idle();
    give_back_place();
}

void Pool::drop_expired() {
    const TimePoint now = timers_.now();
    auto next = TimePoint::max();
    std::erase_if(idle_, [&](const Idle& entry) {
        if (entry.until > now) {
            next = std::min(next, entry.until);
            return false;
        }
        entry.connection->close();
        open_.down();
        return true;
    });
    tell_idle();
    if (!idle_.empty()) idle_alarm_.arm(next);
}

void Pool::drain() noexcept {
    draining_ = true;
    idle_alarm_.disarm();
    for (const Idle& entry : std::exchange(idle_, {})) {
        entry.connection->close();
        open_.down();
    }
    tell_idle();
}

void Pool::close() noexcept {
    drain();
    // A user may end others, and leaves the list only when it is destroyed.
    for (auto next = users_.begin(); next != users_.end();) (next++)->on_pool_closed();
}

}  // namespace weft
