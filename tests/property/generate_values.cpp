#include "property/generate_values.hpp"

#include <algorithm>

namespace weft::property {
namespace {

using Kind = ModelExpression::Kind;

void append(ModelPath& to, const ModelPath& path) { to.insert(to.end(), path.begin(), path.end()); }

ModelExpression not_dropped(ModelExpression expression) {
    expression.optional = false;
    return expression;
}

}  // namespace

ModelPath ValueMaker::scalar_path() {
    if (dice_.percent(50)) return {dice_.one_of({"id", "n"})};
    const ModelPath paths[] = {
        {"id"},
        {"id"},
        {"n"},
        {"s"},
        {"o", "id"},
        {"missing"},
        {"x-y"},
        {"o"},
        {"list", 0UL},
        {"objs", 1UL, "id"},
        {"s", "deep"},
        {"o", "x-y"}};
    return paths[dice_.below(12)];
}

ModelPath ValueMaker::list_path() {
    const ModelPath paths[] = {
        {"list"},
        {"list"},
        {"objs"},
        {"objs", Every{}, "id"},
        {"objs", Every{}, "list", Every{}},
        {"o", "list"},
        {"list", Every{}},
        {"missing"},
        {"id"}};
    return paths[dice_.below(9)];
}

const ModelStep* ValueMaker::any_loop() {
    std::vector<const ModelStep*> loops;
    for (const ModelStep& step : route_.steps) {
        if (step.for_each) loops.push_back(&step);
    }
    return loops.empty() ? nullptr : dice_.any_of(loops);
}

ModelExpression ValueMaker::of_request() {
    ModelExpression made;
    const From roots[] = {
        From::path,
        From::path,
        From::query,
        From::query,
        From::request_header,
        From::body,
        From::body,
        From::method,
        From::id};
    made.from = dice_.one_of(roots);
    if (made.from == From::path) made.name = "id";
    if (made.from == From::query) made.name = dice_.one_of({"q", "r", "none"});
    if (made.from == From::request_header) made.name = dice_.one_of({"x-one", "x-none"});
    if (made.from == From::body && dice_.percent(90)) made.path = scalar_path();
    return made;
}

ModelExpression ValueMaker::of_end(const ModelStep& step) {
    ModelExpression made;
    made.from = dice_.one_of({From::status, From::ok, From::header});
    made.name = step.name;
    return made;
}

ModelExpression ValueMaker::of_step() {
    const ModelStep& step = dice_.any_of(route_.steps);
    if (!step.for_each && dice_.percent(12)) return of_end(step);
    ModelExpression made;
    made.name = step.name;
    if (step.for_each) made.path.emplace_back(dice_.below(3));
    if (dice_.percent(85)) append(made.path, scalar_path());
    return made;
}

ModelExpression ValueMaker::of_item(const ModelStep& loop) {
    ModelExpression made;
    made.from = dice_.percent(80) ? From::item : From::index;
    if (made.from == From::index) return made;
    made.name = loop.as;
    const bool is_of_objects = !loop.for_each->path.empty() &&
                               std::holds_alternative<std::string>(loop.for_each->path.back()) &&
                               std::get<std::string>(loop.for_each->path.back()) == "objs";
    if (loop.batch) return made;
    if (is_of_objects || dice_.percent(5)) made.path = scalar_path();
    return made;
}

ModelExpression ValueMaker::key(const ModelPlace& place) {
    if (dice_.percent(15)) {
        ModelExpression joined = function(Kind::join, place);
        joined.separator = "-";
        return joined;
    }
    return not_dropped(one(place));
}

ModelExpression ValueMaker::look_up(const ModelPlace& place) {
    ModelExpression made;
    made.kind = Kind::look_up;
    made.name = any_loop()->name;
    ModelPlace in_key = place;
    in_key.in_key = true;
    made.arguments.push_back(key(in_key));
    return made;
}

// Not a list of results.
ModelExpression ValueMaker::one(const ModelPlace& place) {
    ModelExpression made;
    const std::size_t choice = dice_.below(100);
    if (!place.elements.empty() && choice < 50) {
        made.from = From::element;
        made.name = dice_.any_of(place.elements);
        if (dice_.percent(75)) made.path = scalar_path();
    } else if (place.loop != nullptr && choice < 50) {
        made = of_item(*place.loop);
    } else if (choice < 62 && any_loop() != nullptr && (!place.in_key || dice_.percent(10))) {
        made = look_up(place);
        if (dice_.percent(70)) made.path = scalar_path();
    } else {
        made = route_.steps.empty() || choice > 84 ? of_request() : of_step();
    }
    made.optional = dice_.percent(20);
    return made;
}

ModelExpression ValueMaker::value(const ModelPlace& place) {
    if (place.in_batch && dice_.percent(40)) {
        ModelExpression items;
        items.from = From::items;
        return items;
    }
    if (dice_.percent(15)) return value_function(place);
    if (dice_.percent(10)) return list_function(place);
    if (route_.steps.empty() || dice_.percent(55)) return one(place);
    ModelExpression made;
    made.name = dice_.any_of(route_.steps).name;
    made.optional = dice_.percent(15);
    return made;
}

ModelExpression ValueMaker::list(const ModelPlace& place) {
    ModelExpression made;
    const std::size_t choice = dice_.below(100);
    if (place.in_batch && choice < 60) {
        made.from = From::items;
        return made;
    }
    made.optional = dice_.percent(25);
    if (!place.elements.empty() && choice < 35) {
        made.from = From::element;
        made.name = dice_.any_of(place.elements);
        made.path = list_path();
    } else if (place.loop != nullptr && !place.loop->batch && choice < 30) {
        made.from = From::item;
        made.name = place.loop->as;
        made.path = list_path();
    } else if (choice < 42 && any_loop() != nullptr && !place.in_key) {
        const bool optional = made.optional;
        made = look_up(place);
        made.optional = optional;
        made.path = list_path();
    } else if (route_.steps.empty() || choice > 88) {
        made.from = dice_.percent(60) ? From::query : From::body;
        if (made.from == From::query) made.name = dice_.one_of({"q", "r", "none"});
        if (made.from == From::body) made.path = list_path();
    } else {
        const ModelStep& of = dice_.any_of(route_.steps);
        made.name = of.name;
        if (of.for_each && dice_.percent(35)) return made;
        if (of.for_each && dice_.percent(70)) {
            made.path.emplace_back(Every{});
        } else if (of.for_each) {
            made.path.emplace_back(dice_.below(2));
        }
        append(made.path, list_path());
    }
    return made;
}

ModelExpression ValueMaker::function(Kind kind, const ModelPlace& place) {
    ModelExpression made;
    made.kind = kind;
    made.arguments.push_back(dice_.percent(25) ? list_function(place) : list(place));
    if (kind == Kind::concat) made.arguments.push_back(list(place));
    if (kind == Kind::join) made.separator = dice_.one_of({",", ",", ", ", "--"});
    return made;
}

ModelExpression ValueMaker::list_function(const ModelPlace& place) {
    return function(dice_.percent(50) ? Kind::concat : Kind::compact, place);
}

ModelExpression ValueMaker::value_function(const ModelPlace& place) {
    return function(dice_.percent(50) ? Kind::count : Kind::join, place);
}

ModelExpression ValueMaker::list_or_function(const ModelPlace& place) {
    return dice_.percent(15) ? list_function(place) : list(place);
}

ModelText ValueMaker::segment(const ModelPlace& place) {
    if (dice_.percent(15)) return {value_function(place)};
    if (dice_.percent(60)) return {not_dropped(one(place))};
    return {"v-", not_dropped(one(place))};
}

ModelText ValueMaker::text(const ModelPlace& place) {
    ModelText made;
    const char* const literals[] = {"<", "a${b}", "&=?", "é\"", from_environment};
    if (dice_.percent(40)) made.emplace_back(dice_.one_of(literals));
    made.emplace_back(dice_.percent(20) ? value_function(place) : one(place));
    if (dice_.percent(30)) made.emplace_back(">");
    if (dice_.percent(30)) made.emplace_back(one(place));
    return made;
}

ModelCondition ValueMaker::leaf() {
    ModelCondition made;
    const Json literals[] = {"b", "a", "", 2, 0, 1.5, true, false, nullptr};
    made.literal = dice_.one_of(literals);
    return made;
}

ModelCondition ValueMaker::operand() {
    if (dice_.percent(40)) return leaf();
    ModelCondition made;
    made.kind = "value";
    made.value = dice_.percent(25) ? value_function({}) : one({});
    return made;
}

ModelCondition ValueMaker::condition(std::size_t depth) {
    ModelCondition made;
    if (depth > 0 && dice_.percent(45)) {
        made.kind = dice_.one_of({"&&", "||", "!"});
        made.operands.push_back(condition(depth - 1));
        if (made.kind != "!") made.operands.push_back(condition(depth - 1));
        return made;
    }
    made.kind = dice_.one_of({"==", "!=", "<", "<=", ">", ">=", "in"});
    made.operands.push_back(operand());
    made.operands.push_back(operand());
    if (made.kind == "in") {
        made.operands[1].kind = "value";
        made.operands[1].value = list_or_function({});
        const auto& path = made.operands[1].value.path;
        const bool is_plural = std::ranges::any_of(path, [](const ModelSegment& segment) {
            return std::holds_alternative<Every>(segment);
        });
        // `in` takes one list, not any number of values.
        if (is_plural) made.operands[1].value = list_function({});
    }
    return made;
}

}  // namespace weft::property
