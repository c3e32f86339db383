// A compiled `${...}`: where its value is found once the run has it. Holds indices, never names to
// be looked up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "json/path_set.hpp"

namespace weft {

using StepIndex = std::uint16_t;

enum class Root : std::uint8_t {
    step,            // the body of step `step`; of a for_each step, its results
    item,            // the item of the for_each this stands in
    index,           // its position, from 0
    request_path,    // parameter `name`, percent-decoded
    request_query,   // parameter `name`, percent-decoded; repeated: a list
    request_header,  // header `name`, repeats joined
    request_body,    // the client's JSON
    request_method,
    request_id,
    step_status,  // of step `step`: `steps.NAME.status`
    step_header,  // header `name` of its answer
    step_ok,      // whether it succeeded
    items,        // the items of the batch call this stands in
    element,      // of the list of the `$each` this stands in; `level`: 0 is the outermost one
};

// Which results of a for_each step are meant.
enum class ResultSelection : std::uint8_t { whole, one, every };

struct Reference {
    Root root = Root::step;
    StepIndex step = 0;       // for step, step_status, step_header, step_ok
    std::string name;         // for request_path, request_query, request_header, step_header
    std::uint16_t level = 0;  // for element
    // For a reference to a for_each step: `${products}`, `${products[2].name}`,
    // `${products[*].name}`.
    ResultSelection selection = ResultSelection::whole;
    std::uint32_t selected = 0;  // for ResultSelection::one
    // The value's path in its document, as an id in the path set of that document: Step::reads for
    // a step (for a for_each step: of one result), Step::item_reads for an item,
    // ComposePlan::body_reads for the request's body, Each::reads for an element.
    PathId path = 0;
    // Of a plural path in one document: the path before its first `[*]`, to tell an absent list
    // from an empty one. Nothing where that is the document itself.
    std::optional<PathId> base;
    bool is_whole_document = true;  // the path is empty
    bool plural = false;            // names any number of values
    bool optional = false;          // written with `?`
    std::string text;               // as written, without `${` and `}`: for messages and explain

    // `step` says which.
    bool of_a_step() const noexcept {
        return root == Root::step || root == Root::step_status || root == Root::step_header ||
               root == Root::step_ok;
    }

    bool from_request() const noexcept {
        switch (root) {
            case Root::request_path:
            case Root::request_query:
            case Root::request_header:
            case Root::request_body:
            case Root::request_method:
            case Root::request_id:
                return true;
            default:
                return false;
        }
    }
};

struct Expression;

enum class Function : std::uint8_t { join, count, concat, compact };

struct FunctionCall {
    Function function = Function::count;
    std::vector<Expression> arguments;  // lists; concat has two, the others one
    std::string separator;              // of join: not empty
};

// `stock[line.sku].count`: the first result of a for_each step whose item is equal to `key` as text
// (of a batch step as of any other), and a path in it.
struct LookUp {
    Reference result;             // ResultSelection::one, but `key` selects it
    std::vector<Expression> key;  // one
};

// The inside of a `${...}`.
struct Expression {
    std::variant<Reference, FunctionCall, LookUp> form;
    bool optional = false;  // ends with `?`, as its Reference or LookUp says, too
    std::string text;       // as written, without `${` and `}`: for messages and explain

    Expression() = default;
    Expression(Reference reference)
        : form{std::move(reference)},
          optional{std::get<Reference>(form).optional},
          text{std::get<Reference>(form).text} {}

    // Null if it is something else. A proxy's expressions are all references.
    const Reference* reference() const noexcept { return std::get_if<Reference>(&form); }
};

enum class Operator : std::uint8_t {
    value,    // `operand` by itself: true if it is `true`
    literal,  // `literal` by itself
    equal,
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    in,
    conjunction,
    disjunction,
    negation,
};

// What stands in `when`.
struct Condition {
    Operator kind = Operator::literal;
    std::optional<Expression> operand;  // of `value`
    std::string literal;                // JSON text, of `literal`
    // Of the others: two; of negation one, of conjunction and disjunction two or more.
    std::vector<Condition> operands;
};

// Text with expressions in it: `/users/${order.user_id}` is a literal and an expression.
using TextPiece = std::variant<std::string, Expression>;
using TextTemplate = std::vector<TextPiece>;

}  // namespace weft
