// The route compiler, and the gateway file: no text whatever but ends in a plan, or in mistakes
// with a place inside the file. What compiles can be explained. A text that begins with `version`
// is a gateway file, any other one is a route file.
#include <string>
#include <string_view>

#include "config/diagnostics.hpp"
#include "explain/show_route.hpp"
#include "fuzz/configuration.hpp"
#include "fuzz/diagnostics_check.hpp"
#include "fuzz/grammar/json.hpp"
#include "fuzz/target.hpp"
#include "plan/compile.hpp"

namespace weft::fuzz {

// As the YAML reader's, with what is compiled.
const Budget budget{.memory = 8 << 20, .memory_per_byte = 5000, .microseconds_per_byte = 200};

namespace {

constexpr std::size_t deep_enough = 1000;

void require_explainable(const Snapshot& snapshot) {
    for (const Plan& plan : snapshot.plans) {
        require(route_as_text(plan, snapshot).ends_with('\n'), "explained as text");
        require(route_as_mermaid(plan, snapshot).ends_with('\n'), "explained as a picture");
        const std::string json = route_as_json(plan, snapshot);
        const auto reading = grammar::read_json(json, deep_enough);
        require(reading.error == JsonError::none, "explained as JSON");
    }
}

}  // namespace

void run(std::string_view bytes) {
    static const WrittenGateway plain = plain_gateway();
    Diagnostics diagnostics;
    WrittenGateway gateway = plain;
    if (bytes.starts_with("version")) {
        gateway = read_gateway(bytes, diagnostics);
    } else {
        add_routes(bytes, gateway, diagnostics);
    }
    const auto snapshot = compile(gateway, diagnostics);
    require((snapshot == nullptr) == diagnostics.has_errors(), "a plan, or mistakes");
    require_sound(diagnostics, bytes);
    if (snapshot) require_explainable(*snapshot);
}

}  // namespace weft::fuzz
