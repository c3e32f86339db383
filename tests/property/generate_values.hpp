// Random expressions and templates, for a place in a route that is being made.
#pragma once

#include <string>
#include <vector>

#include "property/dice.hpp"
#include "property/model.hpp"

namespace weft::property {

Json random_scalar(Dice& dice);

// What is known where an expression stands.
struct ModelPlace {
    const ModelStep* loop = nullptr;  // its item
    bool in_batch = false;            // its items
    bool in_response = false;
    bool in_key = false;                     // of a look-up, where another is seldom readable
    std::vector<std::string> elements = {};  // of the `$each` around
};

class ValueMaker {
  public:
    // Knows the steps that the route has so far.
    ValueMaker(Dice& dice, const ModelRoute& route) : dice_{dice}, route_{route} {}

    // One value, maybe all results of a for_each step.
    ModelExpression value(const ModelPlace& place);
    // What for_each, $each and functions take.
    ModelExpression list(const ModelPlace& place);
    ModelExpression list_or_function(const ModelPlace& place);
    ModelCondition condition(std::size_t depth);
    // For a path, where nothing can be left out.
    ModelText segment(const ModelPlace& place);
    // For a query or a header.
    ModelText text(const ModelPlace& place);
    ModelNode node(std::size_t depth, const ModelPlace& place);
    ModelNode object(std::size_t members, std::size_t depth, const ModelPlace& place);

  private:
    ModelExpression one(const ModelPlace& place);
    ModelExpression of_request();
    ModelExpression of_end(const ModelStep& step);
    ModelExpression of_step();
    ModelExpression of_item(const ModelStep& loop);
    ModelExpression look_up(const ModelPlace& place);
    ModelExpression key(const ModelPlace& place);
    ModelExpression function(ModelExpression::Kind kind, const ModelPlace& place);
    ModelExpression value_function(const ModelPlace& place);
    ModelExpression list_function(const ModelPlace& place);
    ModelCondition leaf();
    ModelCondition operand();
    ModelNode each(std::size_t depth, ModelPlace place);
    const ModelStep* any_loop();
    ModelPath scalar_path();
    ModelPath list_path();

    Dice& dice_;
    const ModelRoute& route_;
};

}  // namespace weft::property
