#include "upstream/concurrency_limit.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace weft {
namespace {

using testing::ElementsAre;

class ConcurrencyLimitTest : public testing::Test {
  protected:
    // First, so that slots that are left wake nobody.
    ~ConcurrencyLimitTest() override { limit_.reset(); }

    struct Waiter final : SlotWaiter {
        explicit Waiter(ConcurrencyLimitTest& of, std::string text)
            : test{of}, name{std::move(text)} {}
        void on_slot(Slot slot) override {
            test.served_.push_back(name);
            test.slots_.push_back(std::move(slot));
        }
        ConcurrencyLimitTest& test;
        std::string name;
    };

    // The first letter says whose call it is.
    std::shared_ptr<Waiter> wait(const std::string& name) {
        auto waiter = std::make_shared<Waiter>(*this, name);
        return limit_->wait(&requests_[static_cast<unsigned char>(name[0])], waiter) ? waiter
                                                                                     : nullptr;
    }
    void fill(std::size_t slots) {
        for (std::size_t i = 0; i < slots; ++i) slots_.push_back(std::move(limit_->take().value()));
    }
    void release_next() {
        slots_.front().release();
        slots_.pop_front();
    }

    std::array<char, 256> requests_{};
    std::shared_ptr<ConcurrencyLimit> limit_ = std::make_shared<ConcurrencyLimit>(2);
    std::deque<Slot> slots_;
    std::vector<std::string> served_;
};

TEST_F(ConcurrencyLimitTest, HasSoManySlots) {
    fill(2);
    EXPECT_FALSE(limit_->take());
    release_next();
    EXPECT_TRUE(limit_->take());
}

TEST_F(ConcurrencyLimitTest, GetsASlotBackOnce) {
    fill(2);
    slots_.front().release();
    slots_.clear();
    EXPECT_EQ(limit_->taken(), 0U);
}

TEST_F(ConcurrencyLimitTest, ServesRequestsInTurnHoweverManyCallsTheyHave) {
    fill(2);
    for (const auto* name : {"a1", "a2", "a3", "b1", "b2"}) ASSERT_TRUE(wait(name));
    for (int i = 0; i < 5; ++i) release_next();
    EXPECT_THAT(served_, ElementsAre("a1", "b1", "a2", "b2", "a3"));
    EXPECT_EQ(limit_->taken(), 2U);
}

TEST_F(ConcurrencyLimitTest, LetsAsManyRequestsWaitAsItHasSlots) {
    fill(2);
    EXPECT_TRUE(wait("a1"));
    EXPECT_TRUE(wait("b1"));
    EXPECT_FALSE(wait("c1"));
    EXPECT_TRUE(wait("b2"));
    EXPECT_EQ(limit_->waiting(), 3U);
}

TEST_F(ConcurrencyLimitTest, ForgetsWhoLeaves) {
    fill(2);
    const auto first = wait("a1");
    const auto second = wait("b1");
    limit_->leave(*first);
    EXPECT_EQ(limit_->waiting(), 1U);
    release_next();
    EXPECT_THAT(served_, ElementsAre("b1"));
    EXPECT_TRUE(wait("c1")) << "whoever has none waiting takes no place";
}

TEST_F(ConcurrencyLimitTest, MayGoBeforeItsSlots) {
    fill(2);
    wait("a1");
    limit_.reset();
    slots_.clear();
    EXPECT_THAT(served_, ElementsAre());
}

}  // namespace
}  // namespace weft
