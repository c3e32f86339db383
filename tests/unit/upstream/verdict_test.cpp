#include "upstream/verdict.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace weft {
namespace {

FailureKind connect_failure_of(int number) {
    return connect_failure({number, boost::system::system_category()});
}

TEST(Verdict, DoesNotBlameAServiceForWhatTheGatewayHasTooLittleOf) {
    for (const int number : {EMFILE, ENFILE, ENOMEM, ENOBUFS, ENOSPC, EADDRNOTAVAIL, EAGAIN}) {
        EXPECT_EQ(connect_failure_of(number), FailureKind::unavailable) << number;
        EXPECT_EQ(verdict_of(connect_failure_of(number)), Verdict::none) << number;
    }
}

TEST(Verdict, BlamesAServiceThatCannotBeReached) {
    for (const int number : {ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ECONNRESET}) {
        EXPECT_EQ(connect_failure_of(number), FailureKind::connection_refused) << number;
    }
    EXPECT_EQ(connect_failure_of(ETIMEDOUT), FailureKind::connect_timeout);
    EXPECT_EQ(verdict_of(FailureKind::connection_refused), Verdict::not_connected);
    EXPECT_EQ(verdict_of(FailureKind::connect_timeout), Verdict::not_connected);
}

}  // namespace
}  // namespace weft
