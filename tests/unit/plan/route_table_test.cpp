#include "plan/route_table.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <initializer_list>
#include <string>
#include <utility>

namespace weft {
namespace {

struct Route {
    Method method;
    const char* path;
};

class Routes {
  public:
    Routes(std::initializer_list<Route> routes) {
        for (const auto& [method, path] : routes) add(method, path);
    }

    // The name of the route that is there already, or nothing.
    std::string add(Method method, const std::string& path) {
        Plan& plan = plans_.emplace_back();
        plan.method = method;
        plan.name = path;
        const Plan* const other = table_.add(plan, std::get<PathPattern>(parse_path_pattern(path)));
        return other == nullptr ? "" : other->name;
    }

    // The route's path and the parameters, or what else it is.
    std::string match(Method method, const std::string& path) const {
        const Match match = table_.match(method, path);
        if (std::holds_alternative<NotFound>(match)) return "not found";
        if (const auto* refused = std::get_if<MethodNotAllowed>(&match))
            return print(refused->allowed);
        const auto& matched = std::get<Matched>(match);
        std::string printed = matched.plan->name;
        for (const auto& [name, value, as_sent] : matched.parameters) {
            printed.append(" ").append(name).append("=").append(value).append("|").append(as_sent);
        }
        return printed;
    }
    std::string get(const std::string& path) const { return match(Method::get, path); }
    std::string allowed(const std::string& path) const { return print(table_.allowed(path)); }

  private:
    static std::string print(const std::vector<Method>& methods) {
        std::string printed = "allowed";
        for (const Method method : methods) printed.append(" ").append(to_string(method));
        return printed;
    }

    std::deque<Plan> plans_;
    RouteTable table_;
};

TEST(RouteTable, FindsLiteralsParametersAndTheRest) {
    const Routes routes{
        {Method::get, "/"},
        {Method::get, "/orders"},
        {Method::get, "/orders/{id}"},
        {Method::get, "/orders/{id}/lines/{line}"},
        {Method::get, "/files/{path...}"},
    };
    EXPECT_EQ(routes.get("/"), "/");
    EXPECT_EQ(routes.get("/orders"), "/orders");
    EXPECT_EQ(routes.get("/orders/7"), "/orders/{id} id=7|7");
    EXPECT_EQ(routes.get("/orders/7/lines/x"), "/orders/{id}/lines/{line} id=7|7 line=x|x");
    EXPECT_EQ(routes.get("/files/a/b"), "/files/{path...} path=a/b|a/b");
    EXPECT_EQ(routes.get("/files/"), "/files/{path...} path=|");
    for (const char* path :
         {"/order", "/Orders", "/orders/7/lines", "/orders/7/", "/files", "//", "", "*", "x"}) {
        EXPECT_EQ(routes.get(path), "not found") << path;
    }
}

TEST(RouteTable, DoesNotTakeAnEmptySegmentForAParameter) {
    const Routes routes{{Method::get, "/{a}"}, {Method::get, "/x/{a}/y"}};
    EXPECT_EQ(routes.get("/"), "not found");
    EXPECT_EQ(routes.get("/x//y"), "not found");
}

TEST(RouteTable, TellsATrailingSlashApart) {
    const Routes routes{{Method::get, "/a"}, {Method::get, "/b/"}};
    EXPECT_EQ(routes.get("/a/"), "not found");
    EXPECT_EQ(routes.get("/b"), "not found");
    EXPECT_EQ(routes.get("/b/"), "/b/");
}

TEST(RouteTable, ComparesLiteralsAndGivesParametersDecoded) {
    const Routes routes{
        {Method::get, "/caf%C3%A9/x"},
        {Method::get, "/a b"},
        {Method::get, "/p/{id}"},
        {Method::get, "/r/{all...}"}};
    EXPECT_EQ(routes.get("/caf%c3%a9/%78"), "/caf%C3%A9/x");
    EXPECT_EQ(routes.get("/%61%20b"), "/a b");
    EXPECT_EQ(routes.get("/p/a%20%25b+c"), "/p/{id} id=a %b+c|a%20%25b+c");
    EXPECT_EQ(routes.get("/r/a%20b/c"), "/r/{all...} all=a%20b/c|a%20b/c");
    EXPECT_EQ(routes.get("/caf"), "not found");
}

TEST(RouteTable, RanksLiteralBeforeParameterBeforeRestFromTheLeft) {
    const Routes routes{
        {Method::get, "/{all...}"},
        {Method::get, "/a/{x}/c"},
        {Method::get, "/{x}/b/c"},
        {Method::get, "/a/{rest...}"},
        {Method::get, "/{x}/{y}"},
        {Method::get, "/a/b"},
        {Method::get, "/a/b/{more...}"}};
    EXPECT_EQ(routes.get("/a/b"), "/a/b");
    EXPECT_EQ(routes.get("/a/b/c"), "/a/b/{more...} more=c|c");
    EXPECT_EQ(routes.get("/a/z/c"), "/a/{x}/c x=z|z");
    EXPECT_EQ(routes.get("/z/b/c"), "/{x}/b/c x=z|z");
    EXPECT_EQ(routes.get("/a/z"), "/a/{rest...} rest=z|z");
    EXPECT_EQ(routes.get("/z/z"), "/{x}/{y} x=z|z y=z|z");
    EXPECT_EQ(routes.get("/z/z/z"), "/{all...} all=z/z/z|z/z/z");
    EXPECT_EQ(routes.get("/"), "/{all...} all=|");
}

TEST(RouteTable, ForgetsParametersOfATurnNotTaken) {
    const Routes routes{{Method::get, "/{a}/x/{b}/end"}, {Method::get, "/{c}/{d}/y"}};
    EXPECT_EQ(routes.get("/1/x/y"), "/{c}/{d}/y c=1|1 d=x|x");
}

TEST(RouteTable, GivesTheBestRouteThatHasTheMethod) {
    const Routes routes{{Method::get, "/a/{x}"}, {Method::post, "/a/b"}, {Method::del, "/{y}/b"}};
    EXPECT_EQ(routes.get("/a/b"), "/a/{x} x=b|b");
    EXPECT_EQ(routes.match(Method::post, "/a/b"), "/a/b");
    EXPECT_EQ(routes.match(Method::del, "/a/b"), "/{y}/b y=a|a");
}

TEST(RouteTable, ServesHeadFromGetRoutes) {
    const Routes routes{{Method::get, "/a"}, {Method::post, "/b"}};
    EXPECT_EQ(routes.match(Method::head, "/a"), "/a");
    EXPECT_EQ(routes.match(Method::head, "/b"), "allowed POST OPTIONS");
}

TEST(RouteTable, SaysWhichMethodsAPathHasIfNoneFits) {
    const Routes routes{
        {Method::put, "/a/{x}"}, {Method::get, "/a/b"}, {Method::post, "/{all...}"}};
    EXPECT_EQ(routes.match(Method::del, "/a/b"), "allowed GET HEAD POST PUT OPTIONS");
    EXPECT_EQ(routes.match(Method::del, "/a/c"), "allowed POST PUT OPTIONS");
    EXPECT_EQ(routes.match(Method::options, "/a/b"), "allowed GET HEAD POST PUT OPTIONS");
    EXPECT_EQ(routes.allowed("/a/b"), "allowed GET HEAD POST PUT OPTIONS");
    EXPECT_EQ(Routes({{Method::get, "/a"}}).allowed("/b"), "allowed");
}

TEST(RouteTable, RefusesASecondRouteForTheSameRequests) {
    Routes routes{{Method::get, "/a/{x}"}, {Method::get, "/f/{x...}"}};
    EXPECT_EQ(routes.add(Method::get, "/a/{y}"), "/a/{x}");
    EXPECT_EQ(routes.add(Method::get, "/%61/{y}"), "/a/{x}");
    EXPECT_EQ(routes.add(Method::get, "/f/{y...}"), "/f/{x...}");
    EXPECT_EQ(routes.add(Method::post, "/a/{y}"), "");
    EXPECT_EQ(routes.add(Method::get, "/f/{y}"), "");
    EXPECT_EQ(routes.add(Method::get, "/a/y"), "");
    EXPECT_EQ(routes.match(Method::post, "/a/1"), "/a/{y} y=1|1");
}

std::string path_of(unsigned pattern, std::string_view other) {
    std::string path;
    for (int bit = 0; bit < 10; ++bit)
        path.append("/").append((pattern >> bit & 1) != 0U ? "a" : other);
    return path;
}

// Every mixture of "a" and parameters: the worst that a search with turns back can meet.
TEST(RouteTable, VisitsEachRouteAtMostOnce) {
    Routes routes{};
    for (unsigned pattern = 0; pattern < 1024; ++pattern) {
        std::string path;
        for (int bit = 0; bit < 10; ++bit) {
            path += (pattern >> bit & 1) != 0U ? "/a" : "/{p" + std::to_string(bit) + "}";
        }
        ASSERT_EQ(routes.add(Method::get, path + "/end"), "");
    }
    for (int i = 0; i < 100; ++i) ASSERT_EQ(routes.get(path_of(1023, "") + "/x"), "not found");
    EXPECT_EQ(routes.get(path_of(1023, "") + "/end"), path_of(1023, "") + "/end");
}

TEST(RouteTable, IsNotDeeperThanItsRoutes) {
    std::string deep;
    for (int i = 0; i < 64; ++i) deep += "/{p" + std::to_string(i) + "}";
    Routes routes{};
    routes.add(Method::get, deep);
    std::string path;
    for (int i = 0; i < 64; ++i) path += "/x";
    EXPECT_NE(routes.get(path), "not found");
    for (int i = 0; i < 4000; ++i) path += "/x";
    EXPECT_EQ(routes.get(path), "not found");
}

}  // namespace
}  // namespace weft
