// Builds compiled plans for tests from a few words, without files and without the compiler of
// plan/.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plan/snapshot.hpp"

namespace weft::test {

struct StepSpec {
    std::string name;
    std::string path;  // "/orders/${request.path.id}"
    std::vector<std::pair<std::string, std::string>> query = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
    bool required = true;
    std::optional<std::string> fallback = {};  // JSON
    std::optional<std::string> for_each = {};  // "order.product_ids"
    std::uint32_t max_items = 100;
    std::uint32_t max_concurrency = 16;
    milliseconds timeout{500};
    std::vector<std::string> forward = {};  // of its upstream
};

// `response` is JSON in which strings may hold `${...}`.
std::shared_ptr<Snapshot> build_route(std::vector<StepSpec> steps, const std::string& response);

}  // namespace weft::test
