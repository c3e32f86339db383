#include "app/changes.hpp"

#include <gtest/gtest.h>

#include "unit/app/served_files.hpp"

namespace weft {
namespace {

struct Change {
    std::string top;
    std::string upstreams;
    std::string routes;
    std::string line;
};

TEST(ChangesTest, AreOneLine) {
    ServedFiles files;
    const auto before = files.served();
    const std::vector<Change> changes{
        {"", two_upstreams, two_routes, "nothing changed"},
        {"# a comment\n",
         two_upstreams,
         std::string{"\n# another\n"} + two_routes,
         "nothing changed"},
        {"",
         two_upstreams,
         R"(order:
  path: /orders/{id}
  proxy: { upstream: orders, path: "/other/{id}" }
member:
  path: /members/{id}
  proxy: { upstream: users, path: "/users/{id}" }
)",
         "routes: 1 changed (order), 1 added (member), 1 removed (user)"},
        {"",
         R"(upstreams:
  orders: { url: "http://127.0.0.1:9001", timeout: 2s }
  users: { url: "http://127.0.0.1:9005" }
  more: { url: "http://127.0.0.1:9003" }
)",
         two_routes,
         "upstreams: 2 changed (orders, users), 1 added (more)"},
        {"limits: { connections: 9 }\ntimeouts: { idle: 9s }\ndrain: { delay: 9s }\n",
         two_upstreams,
         two_routes,
         "limits; timeouts; drain"},
    };
    for (const auto& change : changes) {
        files.write(change.top, change.upstreams, change.routes);
        EXPECT_EQ(describe_changes(*before, *files.served()), change.line);
    }
}

TEST(ChangesTest, OfManyRoutesNameTheFirst) {
    ServedFiles files;
    const auto before = files.served();
    std::string routes = two_routes;
    for (int i = 10; i < 17; ++i) {
        const auto name = "r" + std::to_string(i);
        routes += name + ": { path: /" + name + ", proxy: { upstream: users, path: /r } }\n";
    }
    files.write("", two_upstreams, routes);
    EXPECT_EQ(
        describe_changes(*before, *files.served()), "routes: 7 added (r10, r11, r12, r13, r14, ...)"
    );
}

}  // namespace
}  // namespace weft
