// A composition as a tree of plain words: what the generator makes, the YAML is written from, and
// the reference composer evaluates.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace weft::property {

using Json = nlohmann::ordered_json;

struct Every {};
using ModelSegment = std::variant<std::string, std::size_t, Every>;

enum class From { step, status, ok, item, path, query, element };

struct ModelExpression {
    enum class Kind { reference, count, join, concat, compact, look_up };

    Kind kind = Kind::reference;
    From from = From::step;  // of a reference
    std::string name;        // of the step (also of a look-up), parameter or element
    std::vector<ModelSegment> path;
    std::vector<ModelExpression> arguments;  // of a function; of a look-up its key
    bool optional = false;
};

using ModelText = std::vector<std::variant<std::string, ModelExpression>>;

struct ModelNode {
    enum class Kind { literal, value, text, object, array, each };

    Kind kind = Kind::literal;
    Json literal;
    ModelExpression value;  // of `value`; of `each` the list
    ModelText text;
    std::string name;  // of `each`: its $as
    std::vector<std::pair<std::string, ModelNode>> children;
};

// `left OP right`; of the left the value, of the right a constant.
struct ModelCondition {
    ModelExpression left;
    std::string operation;
    Json right;
};

struct ModelBatch {
    std::size_t max_size = 100;
    std::string rows;  // empty: the root
    std::string match;
};

struct ModelStep {
    std::string name;
    bool required = true;
    std::optional<Json> fallback;
    std::optional<ModelExpression> for_each;
    std::size_t max_items = 100;
    std::vector<ModelText> segments;  // behind "/<name>"
    std::vector<std::pair<std::string, ModelText>> query;
    std::optional<ModelCondition> when;
    std::vector<std::string> after;
    std::set<int> null_on;
    std::vector<std::pair<int, int>> on_status;
    std::optional<ModelBatch> batch;
    std::vector<std::string> select;
    std::vector<std::string> omit;
};

struct ModelRoute {
    std::vector<ModelStep> steps;
    ModelNode response;  // an object

    const ModelStep& step(const std::string& name) const;
};

// One route of a route file, answering at `/<name>/{id}`.
std::string to_yaml(const std::string& name, const ModelRoute& route);

}  // namespace weft::property
