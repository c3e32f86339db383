#include "async/socket_events.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <functional>
#include <memory>
#include <vector>

namespace weft {
namespace {

// One end of a pair of sockets, watched; the test writes to the other.
class Watched final : public SocketWatcher {
  public:
    explicit Watched(SocketEvents& events) : events_{events} {
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends_), 0);
        EXPECT_FALSE(events_.watch(ends_[0], *this));
    }
    ~Watched() {
        forget();
        close_other();
    }

    void on_event(const SocketEvent& event) override {
        heard_.push_back(event);
        if (then) then();
    }

    void tell_again() { events_.tell_again(ends_[0], *this); }
    void forget() {
        if (ends_[0] < 0) return;
        events_.forget(*this);
        ::close(std::exchange(ends_[0], -1));
    }
    void write() { EXPECT_EQ(::write(ends_[1], "x", 1), 1); }
    void close_other() {
        if (ends_[1] >= 0) ::close(std::exchange(ends_[1], -1));
    }

    // What was heard since the last time.
    std::vector<SocketEvent> heard() { return std::exchange(heard_, {}); }
    std::function<void()> then;

  private:
    SocketEvents& events_;
    int ends_[2]{-1, -1};
    std::vector<SocketEvent> heard_;
};

class SocketEventsTest : public ::testing::Test {
  protected:
    // Everything there is to be told, and nothing is waited for.
    void turn() {
        while (context_.poll() > 0) {
        }
    }

    EventClock clock_;
    asio::io_context context_{1};
    SocketEvents& events_ = asio::use_service<SocketEvents>(context_);
};

TEST_F(SocketEventsTest, WhatIsNewIsToldOnce) {
    Watched watched{events_};
    turn();
    const auto first = watched.heard();
    ASSERT_EQ(first.size(), 1U);
    EXPECT_TRUE(first[0].writable);
    EXPECT_FALSE(first[0].readable);
    watched.write();
    turn();
    const auto second = watched.heard();
    ASSERT_EQ(second.size(), 1U);
    EXPECT_TRUE(second[0].readable);
    EXPECT_FALSE(second[0].ended);
    turn();
    EXPECT_TRUE(watched.heard().empty());
}

TEST_F(SocketEventsTest, WhatIsThereIsToldAgainWhereThatIsAskedFor) {
    Watched watched{events_};
    watched.write();
    turn();
    watched.heard();
    watched.tell_again();
    turn();
    const auto heard = watched.heard();
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_TRUE(heard[0].readable);
}

TEST_F(SocketEventsTest, TheEndIsToldWithWhatIsBeforeIt) {
    Watched watched{events_};
    turn();
    watched.heard();
    watched.write();
    watched.close_other();
    turn();
    const auto heard = watched.heard();
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_TRUE(heard[0].readable);
    EXPECT_TRUE(heard[0].ended);
}

// Both are ready in the same turn, and whoever is told first ends the other.
TEST_F(SocketEventsTest, NobodyIsToldWhoIsForgotten) {
    Watched one{events_};
    Watched other{events_};
    turn();
    one.heard();
    other.heard();
    one.then = [&] { other.forget(); };
    other.then = [&] { one.forget(); };
    one.write();
    other.write();
    turn();
    EXPECT_EQ(one.heard().size() + other.heard().size(), 1U);
}

TEST_F(SocketEventsTest, MoreThanATurnTakesAreToldInTheNext) {
    std::vector<std::unique_ptr<Watched>> many;
    for (int i = 0; i < 200; ++i) many.push_back(std::make_unique<Watched>(events_));
    turn();
    for (const auto& watched : many) EXPECT_EQ(watched->heard().size(), 1U);
}

TEST_F(SocketEventsTest, WhatHasComeIsKnownBeforeItIsTold) {
    Watched one{events_};
    Watched other{events_};
    Watched silent{events_};
    turn();
    std::vector<bool> news;
    one.then = [&] {
        other.write();
        news = {events_.may_have_news_for(other), events_.may_have_news_for(silent)};
    };
    one.heard();
    other.heard();
    one.write();
    turn();
    EXPECT_EQ(news, (std::vector{true, false}));
    const auto heard = other.heard();
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_TRUE(heard[0].readable);
}

// What was known while an earlier event was told may have changed since.
TEST_F(SocketEventsTest, EachEventAsksAnew) {
    Watched one{events_};
    Watched next{events_};
    Watched other{events_};
    turn();
    std::vector<bool> news;
    one.then = [&] { news.push_back(events_.may_have_news_for(other)); };
    next.then = [&] {
        other.write();
        news.push_back(events_.may_have_news_for(other));
    };
    one.write();
    next.write();
    turn();
    EXPECT_EQ(news, (std::vector{false, true}));
}

TEST_F(SocketEventsTest, WhatIsKnownIsGoodForSoManyAnswers) {
    Watched one{events_};
    Watched other{events_};
    turn();
    std::vector<bool> news;
    one.then = [&] {
        news.push_back(events_.may_have_news_for(other));
        other.write();
        for (unsigned i = 0; i < SocketEvents::answers_of_a_look; ++i)
            news.push_back(events_.may_have_news_for(other));
    };
    one.write();
    turn();
    EXPECT_EQ(std::ranges::count(news, true), 1);
    EXPECT_TRUE(news.back());
}

TEST_F(SocketEventsTest, WhereNothingIsToldNothingIsKnown) {
    Watched watched{events_};
    turn();
    EXPECT_TRUE(events_.may_have_news_for(watched));
}

// With as many untold as there is room for, epoll may know of others.
TEST_F(SocketEventsTest, WhereThereIsNoRoomToAskNothingIsKnown) {
    std::vector<std::unique_ptr<Watched>> many;
    for (int i = 0; i < 300; ++i) many.push_back(std::make_unique<Watched>(events_));
    Watched silent{events_};
    turn();
    std::vector<bool> news;
    for (const auto& watched : many) {
        watched->heard();
        watched->then = [&] { news.push_back(events_.may_have_news_for(silent)); };
        watched->write();
    }
    turn();
    ASSERT_EQ(news.size(), many.size());
    EXPECT_TRUE(news.front());
    EXPECT_FALSE(news.back());
    for (const auto& watched : many) EXPECT_EQ(watched->heard().size(), 1U);
}

TimePoint wait_for_later_than(TimePoint time) {
    TimePoint now = SteadyClock::now();
    while (now <= time) now = SteadyClock::now();
    return now;
}

TEST_F(SocketEventsTest, WithinAnEventTheTimeStandsStill) {
    events_.use(clock_);
    Watched watched{events_};
    TimePoint first;
    TimePoint later;
    watched.then = [&] {
        first = clock_.now();
        later = wait_for_later_than(first);
        EXPECT_EQ(clock_.now(), first);
        EXPECT_GE(clock_.now_exactly(), later);
        EXPECT_GE(clock_.now(), later);
    };
    turn();
    const TimePoint between = clock_.now();
    EXPECT_GE(between, later);
    EXPECT_GT(wait_for_later_than(between), between);
    EXPECT_GT(clock_.now(), between);
    watched.write();
    turn();
    EXPECT_GT(first, between);
    EXPECT_EQ(watched.heard().size(), 2U);
}

// However many sockets are ready all the time.
TEST_F(SocketEventsTest, OthersHaveTheirTurnsInBetween) {
    std::size_t told = 0;
    std::vector<std::unique_ptr<Watched>> many;
    for (int i = 0; i < 300; ++i) {
        many.push_back(std::make_unique<Watched>(events_));
        many.back()->then = [&told, &watched = *many.back()] {
            ++told;
            watched.tell_again();
        };
    }
    std::size_t most = 0;
    int turns = 0;
    std::function<void()> other = [&] {
        most = std::max(most, std::exchange(told, 0));
        if (++turns < 50) asio::post(context_, other);
    };
    asio::post(context_, other);
    while (turns < 50) context_.run_one();
    EXPECT_EQ(most, SocketEvents::told_at_once);
}

// Else a worker that is to end would not.
TEST_F(SocketEventsTest, TheContextHasWorkAsLongAsASocketIsWatched) {
    auto watched = std::make_unique<Watched>(events_);
    turn();
    EXPECT_FALSE(context_.stopped());
    watched.reset();
    context_.run();
    EXPECT_TRUE(context_.stopped());
    context_.restart();
    Watched next{events_};
    turn();
    EXPECT_EQ(next.heard().size(), 1U);
}

// The first is forgotten and the second watched before the context hears of it.
TEST_F(SocketEventsTest, WhoIsWatchedWhileItStopsToWaitIsTold) {
    auto first = std::make_unique<Watched>(events_);
    turn();
    first.reset();
    Watched second{events_};
    turn();
    EXPECT_EQ(second.heard().size(), 1U);
}

TEST_F(SocketEventsTest, WhatCannotBeWatchedIsAnError) {
    Watched watched{events_};
    class Nobody final : public SocketWatcher {
        void on_event(const SocketEvent&) override {}
    } nobody;
    EXPECT_EQ(events_.watch(-1, nobody), asio::error::bad_descriptor);
}

}  // namespace
}  // namespace weft
