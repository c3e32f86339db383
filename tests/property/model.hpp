// A composition as a tree of plain words: what the generator makes, the YAML is written from, and
// the reference composer evaluates.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace weft::property {

using Json = nlohmann::ordered_json;

struct Every {};
using ModelSegment = std::variant<std::string, std::size_t, Every>;
using ModelPath = std::vector<ModelSegment>;

enum class From {
    step,
    status,  // `steps.X.status`, as the next two
    ok,
    header,
    item,
    index,
    items,
    path,  // of the request, as those up to `id`
    query,
    request_header,
    body,
    method,
    id,
    element,
};

struct ModelExpression {
    enum class Kind { reference, count, join, concat, compact, look_up };

    Kind kind = Kind::reference;
    From from = From::step;  // of a reference
    std::string name;        // of the step (also of a look-up), parameter, header, item or element
    ModelPath path;
    std::vector<ModelExpression> arguments;  // of a function; of a look-up its key
    std::string separator = ",";             // of join
    bool optional = false;
};

using ModelText = std::vector<std::variant<std::string, ModelExpression>>;

// Such a literal is not written itself, but as the default of a variable that is not set.
inline constexpr const char* from_environment = "from env";

struct ModelNode {
    enum class Kind { literal, value, text, object, array, each };

    Kind kind = Kind::literal;
    Json literal;
    ModelExpression value;  // of `value`; of `each` the list
    ModelText text;
    std::string name;  // of `each`: its $as
    std::vector<std::pair<std::string, ModelNode>> children;
};

struct ModelCondition {
    // An operator as it is written; "value" and "literal" are leaves.
    std::string kind = "literal";
    ModelExpression value;
    Json literal;
    std::vector<ModelCondition> operands;
};

struct ModelCall {
    std::string method = "GET";
    std::vector<ModelText> segments;
    std::vector<std::pair<std::string, ModelText>> query;
    std::vector<std::pair<std::string, ModelText>> headers;
    std::optional<ModelNode> body;
};

struct ModelBatch {
    ModelCall call;
    std::size_t max_size = 100;
    std::string rows;  // a dot path; empty: the root
    std::string match;
};

struct ModelStep {
    std::string name;
    std::string upstream;  // "open" or "closed" to the client's credentials
    bool forwards_credentials = false;
    std::optional<ModelCall> call;  // nothing: only with a batch
    bool required = true;
    std::optional<Json> fallback;
    std::optional<ModelExpression> for_each;
    std::string as = "item";
    std::size_t max_items = 100;
    std::size_t max_concurrency = 16;
    std::optional<ModelBatch> batch;
    std::optional<ModelCondition> when;
    std::vector<std::string> after;
    std::vector<std::string> success;  // codes and classes, as in the next two
    std::vector<std::string> null_on;
    std::vector<std::pair<std::string, int>> on_status;
    std::vector<std::string> select;  // dot paths, as in the next two
    std::vector<std::string> omit;
    std::vector<std::pair<std::string, std::string>> rename;
};

struct ModelRoute {
    std::string method = "GET";
    std::vector<ModelStep> steps;  // each refers to those before it
    bool written_backwards = false;
    int status = 200;
    std::vector<std::pair<std::string, ModelText>> headers;
    ModelNode response;

    const ModelStep& step(const std::string& name) const;
};

// One route of a route file, answering at `/<name>/{id}`.
std::string to_yaml(const std::string& name, const ModelRoute& route);

}  // namespace weft::property
