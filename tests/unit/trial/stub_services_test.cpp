#include "trial/stub_services.hpp"

#include <gtest/gtest.h>

namespace weft {
namespace {

Stub stub(std::string upstream, std::string target) {
    Stub one;
    one.upstream = std::move(upstream);
    one.name = "GET " + target;
    one.call = CallName::of(Method::get, target).value();
    return one;
}

class StubServicesTest : public ::testing::Test {
  protected:
    const std::vector<Stub> stubs_{
        stub("users", "/users/u-1"), stub("orders", "/orders/o-1"), stub("orders", "/orders/o-2")};
    StubServices services_{stubs_};
};

TEST_F(StubServicesTest, GivesTheStubOfACallAsOftenAsItIsAsked) {
    EXPECT_EQ(services_.answer_to("orders", Method::get, "/orders/o%2D1"), &stubs_[1]);
    EXPECT_EQ(services_.answer_to("orders", Method::get, "/orders/o-1"), &stubs_[1]);
    EXPECT_TRUE(services_.unstubbed().empty());
    EXPECT_EQ(services_.unused(), (std::vector{&stubs_[0], &stubs_[2]}));
}

TEST_F(StubServicesTest, NotesACallWithoutAStubAndTheNearest) {
    EXPECT_EQ(services_.answer_to("orders", Method::get, "/orders/o-11"), nullptr);
    EXPECT_EQ(services_.answer_to("users", Method::get, "/orders/o-1"), nullptr);
    EXPECT_EQ(services_.answer_to("products", Method::get, "/orders/o-1"), nullptr);
    const auto& calls = services_.unstubbed();
    ASSERT_EQ(calls.size(), 3U);
    EXPECT_EQ(calls[0].upstream, "orders");
    EXPECT_EQ(calls[0].call, "GET /orders/o-11");
    EXPECT_EQ(calls[0].nearest, &stubs_[1]);
    // Those of the same upstream first, if it has any.
    EXPECT_EQ(calls[1].nearest, &stubs_[0]);
    EXPECT_EQ(calls[2].nearest, &stubs_[1]);
}

TEST_F(StubServicesTest, OfATestWithoutStubsHaveNoNearest) {
    const std::vector<Stub> none;
    StubServices services{none};
    EXPECT_EQ(services.answer_to("orders", Method::get, "/orders/o-1"), nullptr);
    EXPECT_EQ(services.unstubbed().at(0).nearest, nullptr);
}

TEST_F(StubServicesTest, HoldsWhatACallCarriesToWhatItsStubExpects) {
    Stub one = stub("orders", "/orders");
    one.expect.headers = {{"Authorization", "t"}, {"Cookie", std::nullopt}};
    one.expect.body = weft::TestBody{true, R"({"n":1})"};
    services_.received(one, "authorization: t\r\nX: y\r\n", R"({ "n": 1 })");
    EXPECT_TRUE(services_.differences().empty());

    services_.received(one, "Cookie: c: d\r\n", "");
    ASSERT_EQ(services_.differences().size(), 3U);
    EXPECT_EQ(services_.differences()[0].stub, &one);
    const Difference cookie{MessagePart::header, "Cookie", std::nullopt, "\"c: d\""};
    EXPECT_EQ(services_.differences()[1].difference, cookie);
    EXPECT_EQ(services_.differences()[2].difference.part, MessagePart::body);
}

}  // namespace
}  // namespace weft
