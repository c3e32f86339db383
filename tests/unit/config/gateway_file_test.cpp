#include <gmock/gmock.h>

#include "unit/config/loading.hpp"

namespace weft {
namespace {

using ::testing::ElementsAreArray;
using testing::load_gateway_file;

struct Case {
    std::string name;
    std::string yaml;
    std::vector<std::string> diagnostics;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

// A gateway file that is right but for `lines`, which begin on line 3.
std::string with(const std::string& lines) { return "version: 1\nroutes: r.yaml\n" + lines; }

std::string upstream(const std::string& lines) {
    return with("upstreams:\n  orders:\n    url: \"http://127.0.0.1:1\"\n" + lines);
}

class GatewayFileMistakes : public ::testing::TestWithParam<Case> {};

TEST_P(GatewayFileMistakes, AreReportedWithTheirPlace) {
    EXPECT_THAT(
        load_gateway_file(GetParam().yaml).diagnostics, ElementsAreArray(GetParam().diagnostics)
    );
}

INSTANTIATE_TEST_SUITE_P(
    Files,
    GatewayFileMistakes,
    ::testing::Values(
        Case{"empty", "", {"gateway.yaml:1:1: the file is empty"}},
        Case{
            "a list",
            "- a\n",
            {"gateway.yaml:1:1: the gateway file must be a map of keys and values"}},
        Case{
            "nothing in it",
            "{}\n",
            {"gateway.yaml:1:1: the gateway file has no \"version\"",
             "gateway.yaml:1:1: the gateway file has no \"routes\""}},
        Case{
            "version 2",
            "version: 2\nroutes: r.yaml\n",
            {"gateway.yaml:1:10: \"version\" in the gateway file must be 1: this version of Weft "
             "knows no "
             "other"}},
        Case{
            "unknown key",
            with("listn: 127.0.0.1:80\n"),
            {"gateway.yaml:3:1: unknown key \"listn\" in the gateway file (did you mean "
             "\"listen\"?)"}},
        Case{
            "unknown key like no other",
            with("plugins: []\n"),
            {"gateway.yaml:3:1: unknown key \"plugins\" in the gateway file"}},
        Case{
            "unknown word about the log",
            with("log: { acces: true }\n"),
            {"gateway.yaml:3:8: unknown key \"acces\" in \"log\" (did you mean \"access\"?)"}},
        Case{
            "unknown default",
            with("defaults: { retry: {}, timeout: 0ms, route_timeout: 5 }\n"),
            {"gateway.yaml:3:13: unknown key \"retry\" in \"defaults\"",
             "gateway.yaml:3:33: \"timeout\" in \"defaults\" must be from 1ms to 60m; 0 does not "
             "mean unlimited",
             "gateway.yaml:3:53: \"route_timeout\" in \"defaults\" needs a unit: 5ms, if that is "
             "what is meant"}},
        Case{
            "merge key",
            with("<<: { listen: x }\n"),
            {"gateway.yaml:3:1: \"<<\" does not merge maps here: name the alias as a value"}},
        Case{
            "routes that match nothing",
            "version: 1\nroutes: routes/*.yaml\n",
            {"gateway.yaml:2:9: no file matches \"routes/*.yaml\""}},
        Case{
            "empty listen",
            with("listen: \"\"\n"),
            {"gateway.yaml:3:10: \"listen\" in the gateway file must not be empty"}},
        Case{
            "listen without a value",
            with("listen:\nworkers: 1\n"),
            {"gateway.yaml:3:1: \"listen\" in the gateway file must be text, not nothing"}},
        Case{
            "listen is a list",
            with("listen: [a, b]\n"),
            {"gateway.yaml:3:9: \"listen\" in the gateway file must be text, not a list"}},
        Case{
            "no workers",
            with("workers: 0\n"),
            {"gateway.yaml:3:10: \"workers\" in the gateway file must be from 1 to 1024; 0 does "
             "not "
             "mean unlimited"}},
        Case{
            "workers in words",
            with("workers: many\n"),
            {"gateway.yaml:3:10: \"workers\" in the gateway file must be auto or a whole number, "
             "not \"many\""}},
        Case{
            "workers in quotes",
            with("workers: \"4\"\n"),
            {"gateway.yaml:3:11: \"workers\" in the gateway file must be a whole number such as "
             "100, without quotes"}},
        Case{
            "admin without listen",
            with("admin: { expose: true }\n"),
            {"gateway.yaml:3:1: \"admin\" has no \"listen\""}},
        Case{
            "a word for a boolean",
            with("admin: { listen: \"127.0.0.1:1\", expose: yes }\n"),
            {"gateway.yaml:3:41: \"expose\" in \"admin\" must be true or false, not \"yes\""}},
        Case{
            "a quoted boolean",
            with("admin: { listen: \"127.0.0.1:1\", expose: \"true\" }\n"),
            {"gateway.yaml:3:42: \"expose\" in \"admin\" must be true or false, without quotes"}},
        Case{
            "unknown limit",
            with("limits: { heads: 8KiB, in_flight: 0 }\n"),
            {"gateway.yaml:3:11: unknown key \"heads\" in \"limits\" (did you mean \"head\"?)",
             "gateway.yaml:3:35: \"in_flight\" in \"limits\" must be from 1 to 1000000; 0 does not "
             "mean "
             "unlimited"}},
        Case{
            "sizes",
            with("limits:\n  head: 8\n  body: 8KB\n  target: 0B\n  field: 1MiB\n  max_answer: -1B\n"
            ),
            {"gateway.yaml:4:9: \"head\" in \"limits\" needs a unit: 8KiB, if that is what is "
             "meant",
             "gateway.yaml:5:9: \"body\" in \"limits\" must be a size such as 512B, 8KiB or 1MiB, "
             "not \"8KB\"",
             "gateway.yaml:6:11: \"target\" in \"limits\" must be from 64B to 32KiB; 0 does not "
             "mean "
             "unlimited",
             "gateway.yaml:7:10: \"field\" in \"limits\" must be from 64B to 60KiB",
             "gateway.yaml:8:15: \"max_answer\" in \"limits\" must be a size such as 512B, 8KiB or "
             "1MiB, not \"-1B\""}},
        Case{
            "counts",
            with("limits: { fields: 3, connections: 1e3, max_calls: 10001 }\n"),
            {"gateway.yaml:3:19: \"fields\" in \"limits\" must be from 8 to 1000",
             "gateway.yaml:3:35: \"connections\" in \"limits\" must be a whole number such as 100, "
             "not \"1e3\"",
             "gateway.yaml:3:51: \"max_calls\" in \"limits\" must be from 1 to 10000"}},
        Case{
            "durations",
            with(
                "timeouts:\n  head: 5\n  body: 1.5s\n  idle: 0s\n  write: 2h\ndrain: { delay: 11m, "
                "timeout: 5 s }\n"
            ),
            {"gateway.yaml:4:9: \"head\" in \"timeouts\" needs a unit: 5ms, if that is what is "
             "meant",
             "gateway.yaml:5:9: \"body\" in \"timeouts\" must be a duration such as 200ms, 2s or "
             "1m, "
             "not \"1.5s\"",
             "gateway.yaml:6:9: \"idle\" in \"timeouts\" must be from 1ms to 60m; 0 does not mean "
             "unlimited",
             "gateway.yaml:7:10: \"write\" in \"timeouts\" must be a duration such as 200ms, 2s or "
             "1m, not \"2h\"",
             "gateway.yaml:8:17: \"delay\" in \"drain\" must be from 0ms to 10m",
             "gateway.yaml:8:31: \"timeout\" in \"drain\" must be a duration such as 200ms, 2s or "
             "1m, "
             "not \"5 s\""}},
        Case{
            "upstreams as a list",
            with("upstreams:\n  - url: x\n"),
            {"gateway.yaml:4:3: \"upstreams\" in the gateway file must be a map, name by name, not "
             "a "
             "list"}},
        Case{
            "upstream without a map",
            with("upstreams:\n  orders: http://127.0.0.1:1\n"),
            {"gateway.yaml:4:11: upstream \"orders\" must be a map of keys and values"}},
        Case{
            "urls that are no list",
            with("upstreams:\n  orders: { urls: \"http://127.0.0.1:1\" }\n"),
            {"gateway.yaml:4:20: \"urls\" in upstream \"orders\" must be a list of texts, not "
             "text"}},
        Case{
            "no urls",
            with("upstreams:\n  orders: { urls: [] }\n"),
            {"gateway.yaml:4:19: \"urls\" in upstream \"orders\" must not be empty"}},
        Case{
            "urls that are no texts",
            with("upstreams:\n  orders: { urls: [~] }\n"),
            {"gateway.yaml:4:20: \"urls\" in upstream \"orders\" must be text, not nothing"}},
        Case{
            "headers of an upstream are no map",
            upstream("    headers: [a]\n"),
            {"gateway.yaml:6:14: \"headers\" in upstream \"orders\" must be a map, name by name, "
             "not a list"}},
        Case{
            "unknown key in an upstream",
            upstream("    tiemout: 1s\n"),
            {"gateway.yaml:6:5: unknown key \"tiemout\" in upstream \"orders\" (did you mean "
             "\"timeout\"?)"}},
        Case{
            "wrong values in what stands around calls",
            upstream("    retry: { attempts: 0, tries: 2 }\n    circuit_breaker: yes\n"
                     "    health: { interval: 1s }\n    coalesce: 1\n    max_concurrency: 0\n"),
            {"gateway.yaml:6:24: \"attempts\" in \"retry\" must be from 1 to 10; 0 does not mean "
             "unlimited",
             "gateway.yaml:6:27: unknown key \"tries\" in \"retry\"",
             "gateway.yaml:7:22: \"circuit_breaker\" must be a map of keys and values",
             "gateway.yaml:8:5: \"health\" has no \"path\"",
             "gateway.yaml:9:15: \"coalesce\" in upstream \"orders\" must be true or false, not "
             "\"1\"",
             "gateway.yaml:10:22: \"max_concurrency\" in upstream \"orders\" must be from 1 to "
             "100000; 0 does not mean unlimited"}},
        Case{
            "forward is no list",
            upstream("    forward: authorization\n"),
            {"gateway.yaml:6:14: \"forward\" in upstream \"orders\" must be a list of texts, not "
             "text"}},
        Case{
            "forward holds more than text",
            upstream("    forward: [a, \"\", [b], ~]\n"),
            {"gateway.yaml:6:19: \"forward\" in upstream \"orders\" must not be empty",
             "gateway.yaml:6:22: \"forward\" in upstream \"orders\" must be text, not a list",
             "gateway.yaml:6:27: \"forward\" in upstream \"orders\" must be text, not nothing"}},
        Case{
            "variable that is not set",
            with("listen: ${env.LISTEN}\n"),
            {"gateway.yaml:3:9: the environment variable \"LISTEN\" is not set and has no default: "
             "set it, or write ${env.LISTEN:-default}"}},
        Case{
            "variable that is no name",
            with("listen: \"127.0.0.1:${env.MY-PORT}\"\n"),
            {"gateway.yaml:3:20: \"${env.MY-PORT}\" is not an environment variable: write "
             "${env.NAME} or ${env.NAME:-default}"}},
        Case{
            "several at once",
            "version: 1\nroutes: r.yaml\nlisten: []\nupstreams: { a: {}, b: { url: 1, timeout: x } "
            "}\n",
            {"gateway.yaml:3:9: \"listen\" in the gateway file must be text, not a list",
             "gateway.yaml:4:43: \"timeout\" in upstream \"b\" must be a duration such as 200ms, "
             "2s "
             "or 1m, not \"x\""}}
    )
);

}  // namespace
}  // namespace weft
