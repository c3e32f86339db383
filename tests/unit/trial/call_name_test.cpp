#include "trial/call_name.hpp"

#include <gtest/gtest.h>

namespace weft {
namespace {

CallName name(std::string_view target, Method method = Method::get) {
    return CallName::of(method, target).value();
}

TEST(CallName, IsTheSameHoweverItIsEncoded) {
    EXPECT_EQ(name("/a%2Db/c?x=1%2C2"), name("/a-b/c?x=1,2"));
    EXPECT_EQ(name("/a?x=1&y=2"), name("/a?y=2&x=1"));
    EXPECT_EQ(name("/a?x"), name("/a?x="));
    EXPECT_EQ(name("/a?"), name("/a"));
}

TEST(CallName, DiffersInEveryPart) {
    const CallName one = name("/a/b?x=1");
    for (const auto* other :
         {"/a/c?x=1", "/a/b", "/a/b?x=2", "/a/b?y=1", "/a/b?x=1&x=1", "/a/b/?x=1"}) {
        EXPECT_NE(one, name(other)) << other;
    }
    EXPECT_NE(one, name("/a/b?x=1", Method::post));
    // An encoded comma does not make two parameters of one, nor an encoded ampersand.
    EXPECT_NE(name("/a?x=1&y=2"), name("/a?x=1%26y=2"));
}

TEST(CallName, IsNotMadeOfATargetThatIsNone) {
    for (const auto* target : {"", "a", "/a b", "/a#b", "/%0", "/a%2Fb", "/..", "*"}) {
        EXPECT_FALSE(CallName::of(Method::get, target)) << target;
    }
}

TEST(CallName, IsMostLikeTheOneThatSharesMost) {
    struct Row {
        const char* call;
        const char* nearer;
        const char* farther;
    };
    for (const Row& row : {
             Row{"/orders/o-1", "/orders/o-2", "/users/o-1"},
             Row{"/orders/o-1", "/orders/o-12", "/orders/x"},
             Row{"/products?ids=1,2", "/products?ids=1,3", "/product"},
             Row{"/p?a=1&b=2", "/p?a=1&b=3", "/p?a=2&b=3"},
         }) {
        const CallName call = name(row.call);
        EXPECT_GT(call.likeness(name(row.nearer)), call.likeness(name(row.farther))) << row.call;
    }
    const CallName get = name("/a");
    EXPECT_GT(get.likeness(name("/a")), get.likeness(name("/a", Method::post)));
}

}  // namespace
}  // namespace weft
