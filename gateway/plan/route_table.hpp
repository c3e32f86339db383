// Which plan answers a request. Literal segments are compared after percent-decoding; literal
// before parameter before rest, segment by segment from the left (ROUTES.md, Routing).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "http/message.hpp"
#include "plan/path_pattern.hpp"
#include "plan/plan.hpp"

namespace weft {

struct PathParameter {
    std::string_view name;     // in the route table
    std::string value;         // percent-decoded; of a rest parameter: as sent
    std::string_view as_sent;  // of the path that was matched, still percent-encoded
};

struct Matched {
    const Plan* plan = nullptr;
    std::vector<PathParameter> parameters;
};
struct NotFound {};
struct MethodNotAllowed {
    std::vector<Method> allowed;  // sorted; with HEAD wherever GET is, and OPTIONS
};

using Match = std::variant<Matched, NotFound, MethodNotAllowed>;

// A trie over segments. One look-up visits each node at most once and compares in place; only what
// it returns is allocated.
class RouteTable {
  public:
    // Adds the route of `plan`, which outlives the table. Returns the plan that already answers the
    // very same requests, and adds nothing, or null.
    const Plan* add(const Plan& plan, const PathPattern& pattern);

    // `path` is a checked request path, still percent-encoded. HEAD is served by the routes of GET.
    Match match(Method method, std::string_view path) const;

    // What MethodNotAllowed would say: empty if no route has that path.
    std::vector<Method> allowed(std::string_view path) const;

  private:
    using NodeIndex = std::uint32_t;

    struct Entry {
        Method method = Method::get;
        const Plan* plan = nullptr;
        std::vector<std::string> names;  // of the parameters, in order
    };
    struct Node {
        std::vector<std::pair<std::string, NodeIndex>> literals;  // sorted by text
        NodeIndex parameter = 0;          // 0: none, because nothing leads to the root
        std::vector<Entry> entries;       // of paths that end here
        std::vector<Entry> rest_entries;  // of paths that end here with a rest
    };
    class Search;

    NodeIndex child(NodeIndex node, const PatternSegment& segment);

    std::vector<Node> nodes_{1};
};

}  // namespace weft
