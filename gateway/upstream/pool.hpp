// The connections of one worker to one service: at most so many, spread over its instances, the
// last used first, closed as soon as anything is heard from one that is idle. Who finds none free
// waits in a short queue.
#pragma once

#include <boost/intrusive/list.hpp>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "async/timers.hpp"
#include "outcome/result.hpp"
#include "upstream/balance.hpp"
#include "upstream/connection.hpp"
#include "upstream/gauges.hpp"
#include "upstream/upstream.hpp"

namespace weft {

// A place among the pool's connections, given back when it is destroyed. A place that a connection
// waited in comes with it; into an empty one its holder puts a fresh one. The pool outlives it.
class Lease {
  public:
    Lease() = default;
    Lease(Pool& pool, ConnectionPointer connection) noexcept;
    Lease(Lease&& other) noexcept
        : pool_{std::exchange(other.pool_, nullptr)}, connection_{std::move(other.connection_)} {}
    Lease& operator=(Lease&& other) noexcept;
    ~Lease() {
        if (pool_) release();
    }

    explicit operator bool() const noexcept { return pool_ != nullptr; }
    const ConnectionPointer& connection() const noexcept { return connection_; }

    // Closes the connection that is there and keeps the place.
    void put(ConnectionPointer fresh) noexcept;

    // Closes the connection and gives the place back.
    void release() noexcept;

    // Gives the place back with its connection, which is ready for the next exchange, and what its
    // last answer was read with.
    void return_connection(std::unique_ptr<ResponseReader> reader);

  private:
    ConnectionPointer take_connection() noexcept;

    Pool* pool_ = nullptr;
    ConnectionPointer connection_;
};

// What the pool knows of an exchange: it may wait for a lease, and it ends with the pool.
class PoolUser : public boost::intrusive::list_base_hook<> {
  public:
    virtual void on_leased(Lease lease) = 0;
    virtual void on_pool_closed() = 0;

  protected:
    ~PoolUser() = default;
};

class Pool final : public ConnectionUser {
  public:
    // How many may wait, which bounds memory; how long a call waits is bounded by its own time.
    // Loops over lists make a request several calls at once, and clients come in bursts.
    static constexpr std::size_t waiters_of_a_connection = 16;
    static constexpr std::size_t least_waiters = 1024;

    Pool(
        Executor executor,
        Timers& timers,
        UpstreamSettings settings,
        const std::shared_ptr<UpstreamGauges>& gauges
    );

    const UpstreamSettings& settings() const noexcept { return settings_; }
    Executor executor() const noexcept { return executor_; }
    Timers& timers() const noexcept { return timers_; }

    // Every exchange is entered while it lives.
    void enter(PoolUser& user) { users_.push_back(user); }
    void leave(PoolUser& user) noexcept { users_.erase(users_.iterator_to(user)); }

    // An exchange is asked for something, and has ended.
    void exchange_begins() noexcept { exchanges_.up(); }
    void exchange_ends() noexcept { exchanges_.down(); }

    // A lease, or an empty one: `waiter` is in the queue and hears on_leased(). Fails with
    // connection_limit when the queue is full, with unavailable when no instance is healthy.
    Result<Lease> take(PoolUser& waiter);
    void stop_waiting(PoolUser& waiter) noexcept;

    ConnectionPointer fresh_connection(std::size_t endpoint);

    // The endpoints, in the order in which to try to connect.
    std::vector<std::size_t> connect_order() { return balance_.order(timers_.now()); }
    void connected(std::size_t endpoint) noexcept { balance_.connected(endpoint); }
    void not_connected(std::size_t endpoint) noexcept {
        balance_.not_connected(endpoint, timers_.now());
    }

    // Where the next request is put together.
    std::string& room_for_request() noexcept { return room_for_request_; }

    // For what has begun to come. Most answers are there whole when they are read, so that nearly
    // all are read with the same one, whose memory stays in the processor's cache.
    std::unique_ptr<ResponseReader> reader();

    // How an exchange over a connection to that endpoint has ended.
    void ended(std::size_t endpoint, Verdict verdict) {
        if (balance_.instances() > 1) balance_.ended(endpoint, verdict, timers_.now());
    }
    void set_healthy(std::size_t instance, bool healthy) noexcept {
        balance_.set_healthy(instance, healthy);
    }

    void drain() noexcept;
    void close() noexcept;

    std::size_t idle() const noexcept { return idle_.size(); }
    std::size_t open() const noexcept { return open_.read(); }
    std::size_t waiting() const noexcept { return waiters_.size(); }

  private:
    friend class Lease;

    struct Idle {
        ConnectionPointer connection;
        TimePoint until;
    };

    std::size_t most_waiters() const noexcept;
    std::size_t instance_of(const Idle& idle) const {
        return balance_.instance_of(idle.connection->endpoint());
    }
    // What was used last; null if there is none.
    ConnectionPointer take_idle(std::size_t instance);
    ConnectionPointer take_any_idle();
    void give_back(ConnectionPointer connection, std::unique_ptr<ResponseReader> reader);
    void give_back_place() noexcept;
    PoolUser& next_waiter() noexcept;
    void tell_idle() noexcept { idle_level_.set(idle_.size()); }
    void tell_waiting() noexcept { waiting_level_.set(waiters_.size()); }
    Duration idle_limit(const ResponseReader& reader) const noexcept;
    void drop_expired();

    void on_connected(Connection&, const error_code&) override {}
    void on_readable(Connection& connection) override;
    void on_writable(Connection&) override {}

    Executor executor_;
    SocketEvents& events_;
    Timers& timers_;
    UpstreamSettings settings_;
    std::vector<Idle> idle_;  // the back was used last
    std::deque<PoolUser*> waiters_;
    boost::intrusive::list<PoolUser> users_;
    Level open_;  // places taken: idle, leased, connecting
    Level idle_level_;
    Level waiting_level_;
    Level exchanges_;
    Balance balance_;
    std::string room_for_request_;
    std::unique_ptr<ResponseReader> spare_reader_;
    bool draining_ = false;
    Alarm idle_alarm_;
};

}  // namespace weft
