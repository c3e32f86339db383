#include "server/server.hpp"

#include <sys/socket.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <list>
#include <optional>
#include <utility>

#include "async/socket_calls.hpp"
#include "server/address_counts.hpp"
#include "server/listener.hpp"
#include "server/session.hpp"

namespace weft {
namespace {

constexpr int accepted_at_once = 32;  // before the requests of those already here get a turn
constexpr std::chrono::milliseconds accept_pause{100};
constexpr std::chrono::seconds told_at_most_each{1};

// The connection died while it waited, or a firewall forbids it (accept(2)): the next one may be
// fine.
bool concerns_one_connection(const error_code& error) {
    namespace errc = boost::system::errc;
    return error == asio::error::connection_aborted || error == asio::error::interrupted ||
           error == errc::protocol_error || error == errc::operation_not_permitted ||
           error == errc::network_down || error == errc::network_unreachable ||
           error == errc::host_unreachable || error == errc::no_protocol_option;
}

enum class Accepted : std::uint8_t { one, none_waiting, paused };

struct OpenSession {
    OpenSession(
        AddressCounts::Place counted, Descriptor socket, const Peer& peer, SessionContext& context
    )
        : place{std::move(counted)}, session{std::move(socket), peer, context} {}

    AddressCounts::Place place;
    Session session;
};

using OpenSessions = std::list<OpenSession>;

}  // namespace

// Shared only with the wait for connections, which may outlive the server.
class Server::State : public std::enable_shared_from_this<State> {
  public:
    State(const ServerParts& parts, const ServerSettings& settings)
        : executor_{parts.executor},
          events_{parts.events},
          context_{
              asio::use_service<SocketEvents>(parts.executor.context()),
              parts.timers,
              parts.handler,
              parts.events,
              settings,
              {},
              {},
              LastTurns{parts.executor}},
          pause_{parts.timers, [this] { accept_waiting(); }} {}

    void start(Acceptor acceptor);
    void change_settings(const ServerSettings& settings);
    void drain(std::function<void()> drained);
    void close_all();
    std::size_t open_connections() const noexcept { return sessions_.size(); }
    Endpoint local_endpoint() const { return acceptor_.value().local_endpoint(); }

  private:
    void wait_for_connections();
    void accept_waiting();
    bool is_full() const noexcept { return sessions_.size() >= context_.settings.max_connections; }
    void make_room();
    Accepted accept_one();
    void pause_accepting(const error_code& reason);
    void stop_accepting();
    void open_session(Descriptor socket, const Endpoint& endpoint);
    std::optional<AddressCounts::Place> count(const Peer& peer);
    void end_session(OpenSessions::iterator ended, const std::exception_ptr& bug);
    void go_on_accepting();
    void tell_if_drained();

    Executor executor_;
    ServerEvents& events_;
    SessionContext context_;
    std::optional<Acceptor> acceptor_;
    Alarm pause_;
    TimePoint told_{};
    AddressCounts addresses_;
    OpenSessions sessions_;
    bool full_ = false;  // accepting waits for a session to end
    bool draining_ = false;
    std::function<void()> drained_;
};

void Server::State::start(Acceptor acceptor) {
    acceptor_.emplace(std::move(acceptor));
    wait_for_connections();
}

void Server::State::wait_for_connections() {
    acceptor_->async_wait(Acceptor::wait_read, [weak = weak_from_this()](const error_code& error) {
        const auto self = weak.lock();
        if (self && !error) self->accept_waiting();
    });
}

void Server::State::accept_waiting() {
    if (draining_ || !acceptor_->is_open()) return;
    if (is_full()) return make_room();
    for (int count = 0; count < accepted_at_once && !is_full(); ++count) {
        const Accepted accepted = accept_one();
        if (accepted == Accepted::none_waiting) break;
        if (accepted == Accepted::paused) return;
    }
    wait_for_connections();
}

// Somebody waits: who has had an answer and asks nothing more goes, the longest connected first.
void Server::State::make_room() {
    full_ = true;
    int closed = 0;
    for (auto open = sessions_.begin(); open != sessions_.end() && closed < accepted_at_once;
         ++open)
        if (open->session.close_if_idle()) ++closed;
    pause_.arm(context_.timers.now() + accept_pause);
}

Accepted Server::State::accept_one() {
    Endpoint peer;
    auto size = static_cast<socklen_t>(peer.capacity());
    const int listener = acceptor_->native_handle();
    Descriptor socket{::accept4(listener, peer.data(), &size, SOCK_NONBLOCK | SOCK_CLOEXEC)};
    if (socket) {
        peer.resize(size);
        open_session(std::move(socket), peer);
        return Accepted::one;
    }
    const error_code error = last_error();
    if (would_block(error)) return Accepted::none_waiting;
    if (concerns_one_connection(error)) return Accepted::one;
    pause_accepting(error);
    return Accepted::paused;
}

void Server::State::pause_accepting(const error_code& reason) {
    const TimePoint now = context_.timers.now();
    pause_.arm(now + accept_pause);
    for (auto& open : sessions_) open.session.close_if_idle();
    if (now - told_ < told_at_most_each) return;
    told_ = now;
    events_.accept_paused(reason);
}

void Server::State::open_session(Descriptor socket, const Endpoint& endpoint) {
    const Peer peer = peer_of(endpoint, context_.settings.trusted_proxies);
    auto place = count(peer);
    if (!place) return events_.connection_refused();
    const auto added =
        sessions_.emplace(sessions_.end(), *std::move(place), std::move(socket), peer, context_);
    Session& session = added->session;
    events_.connection_opened();
    if (draining_) session.drain();
    asio::co_spawn(executor_, session.run(), [this, added](const std::exception_ptr& bug) {
        end_session(added, bug);
    });
}

// A proxy has many clients behind its address.
std::optional<AddressCounts::Place> Server::State::count(const Peer& peer) {
    if (peer.trusted) return AddressCounts::Place{};
    return addresses_.enter(peer.bytes, context_.settings.max_connections_per_address);
}

void Server::State::end_session(OpenSessions::iterator ended, const std::exception_ptr& bug) {
    if (bug) events_.handler_threw("an exception left a session");
    sessions_.erase(ended);
    events_.connection_closed();
    go_on_accepting();
    tell_if_drained();
}

void Server::State::go_on_accepting() {
    if (!std::exchange(full_, false)) return;
    pause_.disarm();
    accept_waiting();
}

void Server::State::change_settings(const ServerSettings& settings) {
    context_.settings = settings;
    go_on_accepting();
}

void Server::State::drain(std::function<void()> drained) {
    drained_ = std::move(drained);
    if (!std::exchange(draining_, true)) {
        for (auto& open : sessions_) open.session.drain();
        if (acceptor_) {
            for (int count = 0; count < listen_backlog; ++count) {
                if (accept_one() != Accepted::one) break;
            }
        }
        stop_accepting();
    }
    asio::post(executor_, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->tell_if_drained();
    });
}

void Server::State::stop_accepting() {
    pause_.disarm();
    if (!acceptor_) return;
    error_code error;
    acceptor_->close(error);
}

void Server::State::tell_if_drained() {
    if (!draining_ || !sessions_.empty() || !drained_) return;
    // It may destroy the server.
    const auto drained = std::exchange(drained_, nullptr);
    drained();
}

void Server::State::close_all() {
    stop_accepting();
    for (auto& open : sessions_) open.session.close();
}

Server::Server(const ServerParts& parts, const ServerSettings& settings)
    : state_{std::make_shared<State>(parts, settings)} {}

Server::~Server() = default;

void Server::start(Acceptor acceptor) { state_->start(std::move(acceptor)); }
void Server::change_settings(const ServerSettings& settings) { state_->change_settings(settings); }
void Server::drain(std::function<void()> drained) { state_->drain(std::move(drained)); }
void Server::close_all() { state_->close_all(); }
std::size_t Server::open_connections() const noexcept { return state_->open_connections(); }
Endpoint Server::local_endpoint() const { return state_->local_endpoint(); }

}  // namespace weft
