// What an expression stands for, in the reference composer.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "property/reference_composer.hpp"

namespace weft::property {

struct ModelFailure {
    std::string code;
    int status = 502;
    int upstream_status = 0;
};

// A result: of a plain step, of one item, or of a list as a whole.
struct ModelPart {
    bool has_value = false;  // others can read it
    bool succeeded = false;
    Json value;  // null without one
    std::optional<ModelFailure> failure;
    int status = 0;  // of the answer, if there was one
    std::optional<std::string> x_h;
};

struct ModelResult {
    ModelPart whole;  // of a for_each step: only if the list failed or was skipped
    bool is_list = false;
    std::vector<ModelPart> parts;     // different calls, or items that cannot be asked for
    std::vector<std::size_t> places;  // of each item
    std::vector<std::string> texts;   // of each item; nothing readable: a text no item has
};

struct ModelValue {
    enum class Kind { absent, unavailable, json, refused };

    Kind kind = Kind::absent;
    Json json = {};                       // as the service sent it
    const ModelStep* of = nullptr;        // whose `select` and its like hold for it
    std::string place = {};               // where it stands in that step's value
    std::string code = {};                // why it is refused
    const ModelExpression* by = nullptr;  // what is to blame, if it is a part of the expression
    const ModelPart* part = nullptr;      // the result of a for_each step that it is
    bool is_text = false;                 // of the request, not JSON

    bool is_missing() const { return kind == Kind::absent || (is_json() && json.is_null()); }
    bool is_json() const { return kind == Kind::json; }
};

// The items of a list; of a for_each step some may be unavailable.
struct ModelList {
    enum class Kind { list, absent, unavailable, not_a_list, refused };

    Kind kind = Kind::list;
    std::vector<ModelValue> items = {};
    const ModelExpression* by = nullptr;  // the list that was the last, or is none
};

struct ModelScope {
    const ModelRoute& route;
    const ModelRequest& request;
    const std::map<std::string, ModelResult>& results;
    const ModelValue* item = nullptr;
    std::size_t index = 0;
    const std::vector<ModelValue>* items = nullptr;  // of a batch call
    std::map<std::string, ModelValue> elements = {};
    bool decides = false;  // in `when`, where what is absent or unavailable is null
    bool shaped = false;   // in the response `select` and its like hold
};

ModelValue value_of(const ModelExpression& expression, const ModelScope& scope);
ModelList list_of(const ModelExpression& expression, const ModelScope& scope);

// What of it is sent, where it is sent.
Json sent(const ModelValue& value, const ModelScope& scope);

// Nothing for what cannot stand in text.
std::optional<std::string> text_of(const Json& value);

// Whether it is all the results of a for_each step, or something in each of them.
bool is_of_all_results(const ModelExpression& expression, const ModelScope& scope);

// The result that a reference or look-up reads, if it reads just one.
const ModelPart* part_of(const ModelExpression& expression, const ModelScope& scope);

// A function's bad argument fails the step.
std::variant<bool, ModelValue> holds(const ModelCondition& condition, const ModelScope& scope);

}  // namespace weft::property
