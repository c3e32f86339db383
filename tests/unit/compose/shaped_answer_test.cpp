// `select`, `omit` and `rename`: what of a step's value gets out, wherever it stands in the
// response, and what the rest of the route still sees.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "unit/compose/bench.hpp"
#include "unit/compose/written_route.hpp"

namespace weft::test {
namespace {

using testing::ElementsAre;

constexpr const char* user =
    R"({"id":1,"secret":"s3cret","address":{"street":"hidden","city":"B","tags":["hidden"]},)"
    R"("devices":[{"token":"hidden","os":"a"},{"token":"hidden","os":"b"}],"lists":[["hidden"]]})";

// The body of a route that asks for the user above and shapes it with `keys`.
std::string body_of(const std::string& keys, const std::string& body) {
    Bench bench{
        compile_routes(
            "r:\n  path: /r\n  steps:\n    user: { upstream: users, path: /u, " + keys + " }\n" +
            "    users: { upstream: users, path: \"/l/${item}\", for_each: "
            "\"${request.query.id}\", " +
            keys + " }\n  response: { body: " + body + " }\n"
        ),
        {.query = "id=1&id=2"}};
    bench.run({{"/u", user}, {"/l/1", user}, {"/l/2", R"({"id":2,"secret":"s3cret"})"}});
    return bench.body();
}

const std::string omits = "omit: [secret, address.street, address.tags, devices.token, lists]";

TEST(ShapedAnswer, HidesWhatIsOmittedInTheWholeValueAndBelowAReference) {
    EXPECT_EQ(
        body_of(
            omits, R"(["${user}", "${user.address}", "${user.devices}", "${user.devices[1]}"])"
        ),
        R"([{"id":1,"address":{"city":"B"},"devices":[{"os":"a"},{"os":"b"}]},)"
        R"({"city":"B"},[{"os":"a"},{"os":"b"}],{"os":"b"}])"
    );
}

TEST(ShapedAnswer, HidesItInEachResultOfALoop) {
    EXPECT_EQ(
        body_of(
            omits, R"(["${users}", "${users[0].address}", "${users[1]}", "${users[0].secret}"])"
        ),
        R"([[{"id":1,"address":{"city":"B"},"devices":[{"os":"a"},{"os":"b"}]},{"id":2}],)"
        R"({"city":"B"},{"id":2},null])"
    );
}

// Wherever an expression can stand, nothing that is hidden gets out.
TEST(ShapedAnswer, LetsNothingHiddenOutThroughAnyExpression) {
    const std::vector<const char*> expressions{
        "${user.secret}",
        "${user.secret?}",
        "a ${user.secret}",
        "a ${user.secret?}",
        "${user.address.street}",
        "${user.address.tags}",
        "${user.address.tags[0]}",
        "${user.devices[0].token}",
        "${user.lists}",
        "${user.lists[0]}",
        "${user.lists[0][0]}",
        "${users[0].secret}",
        "a ${users[0].address.street}",
        "${join(user.address.tags, ',')}",
        "a ${join(user.devices[*].token, ',')}",
        "${join(users[*].secret, ',')}",
        "${concat(user.address.tags, user.lists)}",
        "${concat(user.devices[*].token, users[*].address.street)}",
        "${concat(user.devices, users)}",
        "${compact(user.address.tags)}",
        "${compact(user.devices)}",
        "${compact(users)}",
        "${users[1].secret?}",
    };
    for (const char* expression : expressions) {
        for (const std::string& keys :
             {omits, std::string{"select: [id, address.city, devices.os]"}}) {
            const std::string body = body_of(
                keys, std::string{R"({ a: ")"} + expression + R"(", b: [")" + expression + "\"] }"
            );
            EXPECT_EQ(body.find("s3cret"), std::string::npos) << expression << ' ' << body;
            EXPECT_EQ(body.find("hidden"), std::string::npos) << expression << ' ' << body;
        }
    }
}

TEST(ShapedAnswer, TakesWhatIsHiddenForAbsent) {
    EXPECT_EQ(
        body_of(
            omits,
            R"({ a: "${user.secret}", b: "${user.secret?}", c: "t ${user.secret}", d: ["${user.secret?}"], e: "${count(user.address.tags)}", f: "${join(user.devices[*].token, ',')}", g: "${count(user.devices)}" })"
        ),
        R"({"a":null,"c":null,"d":[],"e":null,"f":"","g":2})"
    );
}

TEST(ShapedAnswer, TakesAListThatIsNotThereForAbsentWhateverOfItIsHidden) {
    EXPECT_EQ(
        body_of("omit: [gone.token]", R"({ a: "${join(user.gone[*].token, ',')}" })"),
        R"({"a":null})"
    );
}

TEST(ShapedAnswer, HidesItInTheElementsOfAJoin) {
    EXPECT_EQ(
        body_of(
            omits,
            R"([{ $each: "${user.devices}", $as: d, $value: { os: "${d.os}", t: "${d.token}" } },)"
            R"( { $each: "${users}", $as: u, $value: ["${u.address.city?}", "${u.secret?}"] }])"
        ),
        R"([[{"os":"a","t":null},{"os":"b","t":null}],[["B"],[]]])"
    );
}

TEST(ShapedAnswer, ShapesWhatFunctionsPassOn) {
    EXPECT_EQ(
        body_of(omits, R"(["${concat(user.devices, users)}", "${compact(users[*].address)}"])"),
        R"([[{"os":"a"},{"os":"b"},{"id":1,"address":{"city":"B"},"devices":[{"os":"a"},{"os":"b"}]},)"
        R"({"id":2}],[{"city":"B"}]])"
    );
}

TEST(ShapedAnswer, RenamesLastAndIsReferredToByTheNamesOfTheSource) {
    EXPECT_EQ(
        body_of(
            "select: [id, address], omit: [address.tags], rename: { id: key, address.city: town }",
            R"(["${user}", "${user.address}", "${user.id}", "${user.address.city}"])"
        ),
        R"([{"key":1,"address":{"street":"hidden","town":"B"}},)"
        R"({"street":"hidden","town":"B"},1,"B"])"
    );
}

TEST(ShapedAnswer, ShapesTheFallbackAsTheValueItStandsFor) {
    Bench bench{compile_routes(
        "r:\n  path: /r\n  steps:\n    s: { upstream: users, path: /s, required: false, "
        "fallback: { id: 0, secret: x }, omit: [secret] }\n"
        "  response: { body: { s: \"${s}\", secret: \"${s.secret}\" } }\n"
    )};
    bench.run({});
    EXPECT_EQ(bench.member("/s"), R"({"id":0})");
    EXPECT_EQ(bench.member("/secret"), "null");
}

TEST(ShapedAnswer, IsRawForCallsAndConditions) {
    Bench bench{compile_routes(
        "r:\n  path: /r\n  steps:\n    user: { upstream: users, path: /u, select: [id] }\n"
        "    a: { upstream: users, path: \"/a/${user.secret}\", when: \"${user.address.city == "
        "'B'}\", "
        "headers: { X-A: \"${user.address.street}\" } }\n"
        "    b: { upstream: users, path: \"/b/${item.os}\", for_each: \"${user.devices}\" }\n"
        "    c: { upstream: users, path: /c, method: POST, body: \"${user}\" }\n"
        "  response: { body: [\"${user}\", \"${a}\", \"${b}\", \"${c}\"] }\n"
    )};
    bench.run({{"/u", user}, {"/a/s3cret", "1"}, {"/b/a", "2"}, {"/b/b", "3"}, {"/c", "4"}});
    EXPECT_EQ(bench.body(), R"([{"id":1},1,[2,3],4])");
    EXPECT_EQ(bench.source.call(1).headers[0].value(), "hidden");
    EXPECT_EQ(bench.source.call(4).body, user);
}

TEST(ShapedAnswer, HidesItInHeadersToo) {
    Bench bench{compile_routes(
        "r:\n  path: /r\n  steps:\n    user: { upstream: users, path: /u, omit: [secret] }\n"
        "  response: { headers: { X-A: \"${user.secret}\", X-B: \"${user.id}\" }, body: "
        "\"${user.id}\" }\n"
    )};
    bench.run({{"/u", user}});
    EXPECT_EQ(bench.field("X-A"), "");
    EXPECT_EQ(bench.field("X-B"), "1");
}

TEST(ShapedAnswer, DoesNotCountAsReading) {
    Bench bench{
        compile_routes("r:\n  path: /r\n  steps:\n    s: { upstream: users, path: /s, omit: [a.b], "
                       "rename: { c: d } }\n"
                       "  response: { body: \"${s}\" }\n")};
    bench.run({{"/s", R"({"a":{"b":1,"b":2,"x":3},"c":4,"a":{"b":5},"c":6})"}});
    EXPECT_EQ(bench.body(), R"({"a":{"x":3},"d":4,"a":{},"d":6})");
}

}  // namespace
}  // namespace weft::test
