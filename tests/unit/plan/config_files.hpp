// Loads and compiles YAML given as text, from a folder of its own that is removed again.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "config/written.hpp"
#include "plan/snapshot.hpp"

namespace weft::test {

using Files = std::map<std::string, std::string>;  // by name, which may hold folders

inline constexpr const char* usual_gateway = R"(version: 1
listen: 127.0.0.1:0
routes: routes/*.yaml
upstreams:
  orders: { url: "http://127.0.0.1:9001", timeout: 300ms, forward: [Authorization] }
  users: { url: "http://127.0.0.1:9002", timeout: 200ms }
  products: { url: "http://127.0.0.1:9003" }
)";

// `yaml` is routes/r.yaml, but a line `### name` begins a file of that name.
Files split_files(const std::string& yaml);

struct Compiled {
    std::shared_ptr<const Snapshot> snapshot;  // null if there are errors
    std::string diagnostics;                   // a line each, errors and warnings
};

// `gateway.yaml` is the usual one unless `files` has its own. The environment holds
// ORDERS_PATH=/orders.
Compiled compile_files(const Files& files);

// As compile_files, but what was written, which is free of mistakes.
WrittenGateway load_files(const Files& files);

}  // namespace weft::test
