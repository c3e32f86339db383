#include <algorithm>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "unit/async/timers_fixture.hpp"

namespace weft {
namespace {

using std::chrono::microseconds;

// Against a plain list: thousands of alarms armed, moved, disarmed and destroyed at random, also
// inside callbacks.
class TimersModel : public TimersTest {
  protected:
    struct Entry {
        std::unique_ptr<Alarm> alarm;
        std::optional<TimePoint> expected;
    };

    void add() {
        entries_.push_back(std::make_unique<Entry>());
        Entry& entry = *entries_.back();
        entry.alarm = std::make_unique<Alarm>(timers_, [this, &entry] { expire(entry); });
    }

    void expire(Entry& entry) {
        ASSERT_TRUE(entry.expected) << "expired though it was not armed";
        EXPECT_GE(timers_.now(), *entry.expected);
        EXPECT_LE(timers_.now(), std::max(*entry.expected, last_turn_) + Timers::tick);
        entry.expected.reset();
        ++expired_;
        for (int i = pick(3); i > 0; --i) change();
    }

    int pick(int below) { return std::uniform_int_distribution{0, below - 1}(random_); }

    void change() {
        Entry& entry = *entries_[static_cast<std::size_t>(pick(static_cast<int>(entries_.size())))];
        if (pick(4) == 0) {
            entry.alarm->disarm();
            entry.expected.reset();
            return;
        }
        const Duration by = microseconds{pick(8) == 0 ? pick(15'000'000) : pick(300'000)};
        entry.expected = timers_.now() + by;
        entry.alarm->arm(*entry.expected);
    }

    std::mt19937 random_{20'240'229};
    std::vector<std::unique_ptr<Entry>> entries_;
    TimePoint last_turn_{};
    int expired_ = 0;
};

TEST_F(TimersModel, AgreesWithAPlainListUnderRandomUse) {
    for (int i = 0; i < 300; ++i) add();
    for (int round = 0; round < 5'000; ++round) {
        for (int i = pick(4); i > 0; --i) change();
        const auto turn = timers_.next_turn();
        if (!turn) continue;
        if (*turn > clock_.now()) clock_.move(*turn - clock_.now());
        last_turn_ = clock_.now();
        timers_.advance();
        for (const auto& entry : entries_) {
            ASSERT_EQ(entry->alarm->armed(), entry->expected.has_value());
            // Nothing that is due by a whole tick may be left behind.
            if (entry->expected) {
                ASSERT_GT(*entry->expected + 2 * Timers::tick, timers_.now());
            }
        }
    }
    EXPECT_GT(expired_, 2'000);
}

}  // namespace
}  // namespace weft
