#include "chaos/harness/hostile_crowd.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <string_view>
#include <utility>

#include "chaos/harness/cores.hpp"
#include "integration/harness/patience.hpp"

namespace weft {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

// The slowest of them is to be shown out after half a minute.
constexpr auto longest = 2 * patience;

}  // namespace

// One of them: at most one connection at a time. Its handlers ask for the number of the connection
// they were started for, because another may have taken its place.
class HostileCrowd::Member {
  public:
    explicit Member(HostileCrowd& crowd)
        : crowd_{crowd}, socket_{crowd.context_}, timer_{crowd.context_} {}

    void begin() {
        if (crowd_.stopped_) return;
        socket_ = Tcp::socket{crowd_.context_, Tcp::v4()};
        if (!crowd_.habit_.reads) socket_.set_option(Tcp::socket::receive_buffer_size{4096});
        drips_left_ = crowd_.habit_.drips;
        finished_ = false;
        const auto at = Tcp::endpoint{asio::ip::address_v4::loopback(), crowd_.port_};
        socket_.async_connect(at, [this, number = ++number_](const error_code& error) {
            if (number != number_) return;
            if (error) return end();
            if (crowd_.habit_.reads) read();
            say(crowd_.habit_.first);
        });
    }

  private:
    void say(const std::string& text) {
        asio::async_write(
            socket_,
            asio::buffer(text),
            [this, number = number_](const error_code& error, std::size_t size) {
                crowd_.note([&] { crowd_.sent_ += size; });
                if (number != number_) return;
                if (error) return end();
                go_on();
            }
        );
    }

    void go_on() {
        const Habit& habit = crowd_.habit_;
        if (habit.drip.empty() || drips_left_ == 0) return finish();
        --drips_left_;
        if (habit.every.count() == 0) return say(habit.drip);
        timer_.expires_after(habit.every);
        timer_.async_wait([this, number = number_](const error_code& error) {
            if (!error && number == number_) say(crowd_.habit_.drip);
        });
    }

    void finish() {
        const Habit& habit = crowd_.habit_;
        if (!habit.last.empty() && !std::exchange(finished_, true)) return say(habit.last);
        if (habit.resets) reset();
    }

    void read() {
        socket_.async_read_some(
            asio::buffer(input_),
            [this, number = number_](const error_code& error, std::size_t size) {
                if (number != number_) return;
                if (size > 0) note_answer({input_.data(), size});
                if (error) return end();
                read();
            }
        );
    }

    void note_answer(std::string_view bytes) {
        constexpr std::string_view version = "HTTP/1.1 ";
        if (!bytes.starts_with(version)) return;
        std::size_t status = 0;
        std::from_chars(bytes.data() + version.size(), bytes.data() + bytes.size(), status);
        crowd_.note([&] { ++crowd_.answers_[static_cast<int>(status)]; });
    }

    void reset() {
        error_code ignored;
        socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
        end();
    }

    void end() {
        error_code ignored;
        socket_.close(ignored);
        timer_.cancel();
        ++number_;
        crowd_.note([&] { ++crowd_.ended_; });
        if (crowd_.habit_.comes_back) asio::post(crowd_.context_, [this] { begin(); });
    }

    HostileCrowd& crowd_;
    Tcp::socket socket_;
    asio::steady_timer timer_;
    std::size_t drips_left_ = 0;
    bool finished_ = false;
    std::uint64_t number_ = 0;
    std::array<char, 4096> input_{};
};

HostileCrowd::HostileCrowd(std::uint16_t port, std::size_t connections, Habit habit)
    : port_{port}, habit_{std::move(habit)} {
    for (std::size_t i = 0; i < connections; ++i) members_.emplace_back(*this).begin();
    thread_ = std::thread{[this] {
        give_way();
        context_.run();
    }};
}

HostileCrowd::~HostileCrowd() {
    stopped_ = true;
    context_.stop();
    thread_.join();
}

template <class Change>
void HostileCrowd::note(Change change) {
    const std::lock_guard lock{mutex_};
    change();
    changed_.notify_all();
}

bool HostileCrowd::wait_for_ended(std::size_t connections) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, longest, [&] { return ended_ >= connections; });
}

bool HostileCrowd::wait_for_sent(std::uint64_t bytes) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, longest, [&] { return sent_ >= bytes; });
}

std::size_t HostileCrowd::ended() const {
    const std::lock_guard lock{mutex_};
    return ended_;
}

std::uint64_t HostileCrowd::sent() const {
    const std::lock_guard lock{mutex_};
    return sent_;
}

bool HostileCrowd::wait_for_answers(int status, std::size_t count) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, longest, [&] { return noted_answers(status) >= count; });
}

std::size_t HostileCrowd::answers(int status) const {
    const std::lock_guard lock{mutex_};
    return noted_answers(status);
}

std::size_t HostileCrowd::noted_answers(int status) const {
    const auto found = answers_.find(status);
    return found == answers_.end() ? 0 : found->second;
}

}  // namespace weft
