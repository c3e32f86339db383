// Tests of one file share one set of the real services.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "integration/harness/services.hpp"

namespace weft {

class ServicesTest : public testing::Test {
  protected:
    static void SetUpTestSuite() { services_ = std::make_unique<Services>(); }
    static void TearDownTestSuite() { services_.reset(); }

    static std::uint16_t orders() { return services_->orders.port(); }
    static std::uint16_t users() { return services_->users.port(); }
    static std::uint16_t products() { return services_->products.port(); }

    inline static std::unique_ptr<Services> services_;
};

}  // namespace weft
