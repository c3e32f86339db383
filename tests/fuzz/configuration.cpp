#include "fuzz/configuration.hpp"

#include <optional>
#include <string>

#include "config/environment.hpp"
#include "config/gateway_keys.hpp"
#include "config/reading.hpp"
#include "config/route_keys.hpp"
#include "config/source_text.hpp"
#include "config/yaml_digest.hpp"
#include "config/yaml_tree.hpp"
#include "fuzz/target.hpp"
#include "plan/compile.hpp"

namespace weft::fuzz {
namespace {

constexpr std::string_view gateway_text = R"(version: 1
listen: 127.0.0.1:0
workers: 1
routes: routes/*.yaml
limits: { max_answer: 1MiB }
upstreams:
  orders: { url: "http://127.0.0.1:9001", timeout: 300ms, forward: [Authorization] }
  users: { url: "http://127.0.0.1:9002", timeout: 200ms }
  products: { url: "http://127.0.0.1:9003" }
)";

const Environment environment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "ORDERS_PATH") return "/orders";
    return std::nullopt;
};

std::optional<YamlTree> read_tree(
    std::string_view text, Position& start, Diagnostics& diagnostics
) {
    start.file = diagnostics.add_file("file.yaml");
    const auto source = SourceText::check(std::string{text}, start.file, diagnostics);
    auto tree = source ? parse_yaml(*source, diagnostics) : std::nullopt;
    if (tree && tree->root == nullptr) diagnostics.error(start, "the file is empty");
    return tree && tree->root != nullptr ? std::move(tree) : std::nullopt;
}

}  // namespace

WrittenGateway read_gateway(std::string_view text, Diagnostics& diagnostics) {
    Position start;
    WrittenGateway gateway;
    const auto tree = read_tree(text, start, diagnostics);
    if (!tree) return gateway;
    Reading reading{environment, diagnostics};
    read_section(reading, {*tree->root, "the gateway file", start}, gateway_keys(), gateway);
    return gateway;
}

void add_routes(std::string_view text, WrittenGateway& gateway, Diagnostics& diagnostics) {
    Position start;
    const auto tree = read_tree(text, start, diagnostics);
    if (!tree) return;
    Reading reading{environment, diagnostics};
    if (!expect_map(reading, {*tree->root, "a route file", start})) return;
    for (const YamlMember& member : tree->root->members) {
        WrittenRoute& route = gateway.routes.emplace_back();
        route.name = member.key;
        route.digest = digest(*member.value);
        route.timeout.value = gateway.defaults.route_timeout;
        const std::string owner = "route " + in_quotes(member.key.value);
        read_section(reading, {*member.value, owner, member.key.at}, route_keys(), route);
    }
}

WrittenGateway plain_gateway() {
    Diagnostics diagnostics;
    WrittenGateway gateway = read_gateway(gateway_text, diagnostics);
    require(!diagnostics.has_errors(), "the gateway file is right");
    return gateway;
}

std::shared_ptr<const Snapshot> compiled(std::string_view routes) {
    Diagnostics diagnostics;
    WrittenGateway gateway = plain_gateway();
    add_routes(routes, gateway, diagnostics);
    auto snapshot = compile(gateway, diagnostics);
    for (const auto& each : diagnostics.sorted()) {
        require(each.severity == Severity::warning, diagnostics.to_string(each));
    }
    return snapshot;
}

}  // namespace weft::fuzz
