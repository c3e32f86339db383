#include "outcome/failure.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace weft {
namespace {

Failure named() {
    Failure failure{FailureKind::json, "at byte 3"};
    failure.at_step("order").at_upstream("orders").with_upstream_status(200).blame(Fault::client);
    return failure;
}

void expect_named(const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::json);
    EXPECT_EQ(failure.fault(), Fault::client);
    EXPECT_EQ(failure.upstream_status(), 200);
    EXPECT_EQ(failure.detail(), "at byte 3");
    EXPECT_EQ(failure.step(), "order");
    EXPECT_EQ(failure.upstream(), "orders");
}

TEST(Failure, HasNoWordsUntilItIsGivenSome) {
    const Failure failure{FailureKind::deadline};
    EXPECT_EQ(failure.fault(), Fault::upstream);
    EXPECT_EQ(failure.detail(), "");
    EXPECT_EQ(failure.step(), "");
    EXPECT_EQ(failure.upstream(), "");
}

TEST(Failure, TakesAllOfItAlongWhenItIsCopiedOrMoved) {
    Failure failure = named();
    Failure copy = failure;
    expect_named(copy);
    expect_named(Failure{std::move(failure)});
    Failure assigned{FailureKind::deadline, "other"};
    assigned = copy;
    expect_named(assigned);
    expect_named(copy);
}

TEST(Failure, SharesNothingWithItsCopy) {
    const Failure failure = named();
    Failure copy = failure;
    copy.at_step("user").at_upstream("users");
    expect_named(failure);
    EXPECT_EQ(copy.step(), "user");
}

// A Result<T> has room for one wherever something is returned that may fail.
TEST(Failure, IsSmall) { EXPECT_LE(sizeof(Failure), 2 * sizeof(void*)); }

}  // namespace
}  // namespace weft
