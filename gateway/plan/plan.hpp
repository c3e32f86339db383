// A compiled route: immutable, shared by all requests, holding no request data. Indices instead of
// names, templates in pieces, every mistake already found.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "http/message.hpp"
#include "json/shape.hpp"
#include "plan/expression.hpp"
#include "plan/status_set.hpp"

namespace weft {

using UpstreamIndex = std::uint16_t;
using std::chrono::milliseconds;

struct QueryParameter {
    std::string name;    // already encoded
    TextTemplate value;  // literals are not
};

struct HeaderTemplate {
    std::string name;
    TextTemplate value;
};

// A request target in parts, so that no value can add a segment or a parameter.
struct TargetTemplate {
    // Literals are already in their encoded form. At least one, maybe empty: "/"; none only before
    // ProxyPlan::rest.
    std::vector<TextTemplate> segments;
    std::vector<QueryParameter> query;
};

// The loop of a step. The items are the values of a plural path, or the elements of the one list
// that `list` gives.
struct ForEach {
    Expression list;
    std::uint32_t max_items = 100;
    std::uint32_t max_concurrency = 16;
};

// The template of a JSON value.
enum class BodyKind : std::uint8_t { literal, expression, text, object, array, each };

struct Each;

struct BodyNode {
    BodyKind kind = BodyKind::literal;
    std::string literal;                   // JSON text, for literal
    std::optional<Expression> expression;  // for expression: its value with its type
    TextTemplate text;                     // for text: a string with expressions inside
    std::vector<std::string>
        names;  // for object: each member's name as JSON text with quotes, beside `children`
    std::vector<std::string>
        tokens;  // each member's name as an RFC 6901 reference token, beside `children`
    std::vector<BodyNode> children;    // for object and array; for each: the one `$value`
    std::shared_ptr<const Each> each;  // for each
};

// `$each`: its `$value`, written once for every element of a list.
struct Each {
    Expression list;
    bool droppable = false;  // the list was written with `?`: without it the member is left out
    PathSet reads;           // what `$value` reads of an element
};

// What a call is rendered from.
struct CallTemplate {
    Method method = Method::get;
    TargetTemplate target;
    std::vector<HeaderTemplate> headers;
    std::optional<BodyNode> body;  // what is sent; nothing: no body
};

// The calls of a for_each step when two or more different items are wanted. May read Root::items.
struct BatchPlan : CallTemplate {
    std::uint32_t max_size = 100;  // items of one call
    // Of the answer's body, all found in one pass: `rows`, nothing where that is the root; each
    // row; and in each row its key.
    PathSet reads;
    std::optional<PathId> list;
    PathId row = 0;
    PathId key = 0;
};

// `on_status`: the first rule that holds decides; exact codes stand before classes.
struct StatusRule {
    StatusSet from;
    std::uint16_t to = 502;
};

struct Step : CallTemplate {
    std::string name;
    UpstreamIndex upstream = 0;
    std::vector<std::string>
        forward;              // client headers it may send on beside its upstream's, lower case
    milliseconds timeout{0};  // the smaller of the step's and the upstream's
    bool required = true;
    std::string fallback = "null";  // JSON text
    bool has_fallback = false;      // written in the file
    std::optional<ForEach> for_each;
    std::optional<BatchPlan> batch;  // only with for_each
    std::optional<Condition> when;
    // The steps that `when` names: once they are finished it is decided, and if it is not true the
    // step is skipped at once.
    std::vector<StepIndex> decided_by;
    // The other steps it waits for without reading them (`after`, `steps.X.*`); none of them is in
    // `feeds`.
    std::vector<StepIndex> waits;
    StatusSet success = StatusSet::of_class(2);
    StatusSet null_on;
    std::vector<StatusRule> on_status;
    Shape shape;  // `select`, `omit`, `rename`
    // The steps it reads: it starts when all are finished.
    std::vector<StepIndex> feeds;
    // Those of `feeds` without whose value it is skipped: read without `?`.
    std::vector<StepIndex> needs;
    bool fed_only_by_request = false;  // reads at least one request value and no step
    // What others read of this step's body (of one result's body, for a for_each step).
    PathSet reads;
    // With for_each: something looks its results up by their items, `stock[line.sku]`.
    bool looked_up = false;
    // Whether anything reads the body at all; if not, it is neither kept nor has to be JSON.
    bool body_used = false;
    // Whether anything else depends on it: `after`, or `steps.X.*`.
    bool end_used = false;
    // What this step reads of its items.
    PathSet item_reads;
    // Response headers that `steps.X.header.*` names, lower case.
    std::vector<std::string> headers_read;

    // Of a step with a batch: whether one item by itself has a call that is not a batch's.
    bool has_own_call() const noexcept { return !target.segments.empty(); }
    bool is_success(std::uint16_t status) const noexcept {
        return success.has(status) || null_on.has(status);
    }
};

// A pass-through route. Its target refers to the path's parameters only.
struct ProxyPlan {
    UpstreamIndex upstream = 0;
    TargetTemplate target;
    // With a last `{name...}`: the parameter whose value is forwarded as it was sent, after the
    // segments.
    std::optional<std::string> rest;
};

struct ComposePlan {
    std::vector<Step> steps;            // in declared order
    std::optional<milliseconds> grace;  // for optional steps once all required ones are in
    std::uint16_t response_status = 200;
    std::vector<HeaderTemplate> response_headers;
    BodyNode response;
    PathSet body_reads;  // what is read of the request's body
    bool reads_request_body = false;
    bool has_optional_steps =
        false;  // then the answer's body is an object that may get a member `errors`
};

struct Plan {
    std::string name;  // of the route
    std::string path;  // as written: `/order-details/{id}`
    Method method = Method::get;
    milliseconds timeout{1000};
    std::uint64_t body_limit = 1 << 20;  // bytes
    std::variant<ComposePlan, ProxyPlan> work;
};

}  // namespace weft
