// A compiled route: immutable, shared by all requests, holding no request data. Indices instead of
// names, templates in pieces, every mistake already found.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "http/message.hpp"
#include "plan/expression.hpp"

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

// The loop of a step. The list is `list` itself: either a plural reference (its values are the
// items) or a singular one whose value must be an array.
struct ForEach {
    Reference list;
    // Of a plural list in one document: the path before its first `[*]`, to tell an absent list
    // from an empty one. Nothing where that is the document itself.
    std::optional<PathId> base;
    std::uint32_t max_items = 100;
    std::uint32_t max_concurrency = 16;
};

struct Step {
    std::string name;
    UpstreamIndex upstream = 0;
    Method method = Method::get;
    TargetTemplate target;
    std::vector<HeaderTemplate> headers;
    milliseconds timeout{0};  // the smaller of the step's and the upstream's
    bool required = true;
    std::string fallback = "null";  // JSON text
    bool has_fallback = false;      // written in the file
    std::optional<ForEach> for_each;
    // The steps it reads: it starts when all are finished and is skipped if one of them has no
    // value.
    std::vector<StepIndex> feeds;
    bool fed_only_by_request = false;  // reads at least one request value and no step
    // What others read of this step's body (of one result's body, for a for_each step).
    PathSet reads;
    // Whether anything reads the body at all; if not, it is neither kept nor has to be JSON.
    bool body_used = false;
    // What this step reads of its items.
    PathSet item_reads;
};

// The template of a JSON value.
enum class BodyKind : std::uint8_t { literal, reference, text, object, array };

struct BodyNode {
    BodyKind kind = BodyKind::literal;
    std::string literal;                 // JSON text, for literal
    std::optional<Reference> reference;  // for reference
    TextTemplate text;                   // for text: a string with references inside
    std::vector<std::string>
        names;  // for object: each member's name as JSON text with quotes, beside `children`
    std::vector<std::string>
        tokens;  // each member's name as an RFC 6901 reference token, beside `children`
    std::vector<BodyNode> children;  // for object and array
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
    std::vector<Step> steps;  // in declared order
    BodyNode response;
    PathSet body_reads;  // what is read of the request's body
    bool reads_request_body = false;
    bool has_optional_steps =
        false;  // then the answer's body is an object that may get a member `errors`
};

struct Plan {
    std::string name;  // of the route
    Method method = Method::get;
    milliseconds timeout{1000};
    std::uint64_t body_limit = 1 << 20;  // bytes
    std::variant<ComposePlan, ProxyPlan> work;
};

}  // namespace weft
