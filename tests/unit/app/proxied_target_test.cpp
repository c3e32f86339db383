#include <gtest/gtest.h>

#include "app/proxy_handler.hpp"

namespace weft {
namespace {

Reference parameter(std::string name) {
    Reference reference;
    reference.root = Root::request_path;
    reference.name = std::move(name);
    return reference;
}

class ProxiedTarget : public testing::Test {
  protected:
    ProxiedTarget() { request_.head = &head_; }

    RequestHead head_;
    Request request_;
    ProxyPlan plan_;
    Matched matched_;
};

TEST_F(ProxiedTarget, KeepsTheSegmentAsTheClientSentIt) {
    plan_.target.segments = {{std::string{"orders"}}, {parameter("id")}};
    matched_.parameters = {{"id", "a:b c", "a:b%20c"}};
    EXPECT_EQ(proxied_target(plan_, request_, matched_), "/orders/a:b%20c");
}

TEST_F(ProxiedTarget, TakesTheClientsQueryAlong) {
    plan_.target.segments = {{std::string{"orders"}}};
    head_.query = "page=2&x=%2F";
    EXPECT_EQ(proxied_target(plan_, request_, matched_), "/orders?page=2&x=%2F");
}

TEST_F(ProxiedTarget, EndsWithTheRestOfThePath) {
    plan_.target.segments = {{std::string{"files"}}};
    plan_.rest = "path";
    matched_.parameters = {{"path", "a/b%20c", "a/b%20c"}};
    EXPECT_EQ(proxied_target(plan_, request_, matched_), "/files/a/b%20c");
}

}  // namespace
}  // namespace weft
