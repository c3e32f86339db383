#include "property/generate.hpp"

#include <functional>

namespace weft::property {
namespace {

Json random_scalar(Dice& dice) {
    const Json choices[] = {"a", "b", "c d", "é/", "7", 7, 12, true, false, nullptr, "", "."};
    // The first are the usual ones.
    return dice.percent(90) ? choices[dice.below(7)] : choices[dice.below(12)];
}

Json random_object(Dice& dice) {
    Json object = {{"id", random_scalar(dice)}, {"n", dice.below(4)}};
    if (dice.percent(70)) object["s"] = random_scalar(dice);
    if (dice.percent(20)) object["s"] = Json{{"deep", 1}};
    object["list"] = Json::array();
    for (std::size_t i = dice.below(5); i > 0; --i) object["list"].push_back(random_scalar(dice));
    if (dice.percent(10)) object["list"] = random_scalar(dice);
    if (dice.percent(8)) object.erase("list");
    return object;
}

Json random_document(Dice& dice) {
    if (dice.percent(6)) return random_scalar(dice);
    if (dice.percent(4)) return Json::array({random_object(dice)});
    Json document = random_object(dice);
    document["o"] = random_object(dice);
    document["objs"] = Json::array();
    for (std::size_t i = dice.below(4); i > 0; --i) {
        document["objs"].push_back(dice.percent(92) ? random_object(dice) : random_scalar(dice));
    }
    return document;
}

class RouteMaker {
  public:
    explicit RouteMaker(Dice& dice) : dice_{dice} {}

    ModelRoute make() {
        const std::size_t steps = 1 + dice_.below(4);
        for (std::size_t i = 0; i < steps; ++i) route_.steps.push_back(step(i));
        route_.response.kind = ModelNode::Kind::object;
        for (std::size_t i = 1 + dice_.below(5); i > 0; --i) {
            route_.response.children.emplace_back("m" + std::to_string(i), node(2));
        }
        return std::move(route_);
    }

  private:
    ModelStep step(std::size_t index) {
        ModelStep made;
        made.name = "s" + std::to_string(index);
        made.required = dice_.percent(35);
        if (!made.required && dice_.percent(40)) made.fallback = fallback();
        if (index > 0 && dice_.percent(25)) made.when = condition();
        if (index > 0 && dice_.percent(10)) made.after.push_back(any_step().name);
        if (dice_.percent(40)) made.for_each = list();
        if (made.for_each && !route_.steps.empty() && dice_.percent(20)) {
            made.for_each = function(any_list_function());
        }
        if (made.for_each && dice_.percent(10)) made.max_items = 2;
        if (made.for_each) made.segments.push_back({item(*made.for_each)});
        if (!made.for_each || dice_.percent(20)) made.segments.push_back(text());
        if (dice_.percent(30)) made.query.emplace_back("q", text());
        if (dice_.percent(10)) made.null_on.insert(404);
        if (dice_.percent(10)) made.on_status.emplace_back(409, 418);
        return made;
    }

    Json fallback() {
        const Json choices[] = {nullptr, "none", {{"id", "fb"}, {"n", 0}}, Json::array({"f", "g"})};
        return choices[dice_.below(4)];
    }

    const ModelStep& any_step() { return route_.steps[dice_.below(route_.steps.size())]; }

    // A value by itself, not plural.
    ModelExpression reference() {
        ModelExpression made;
        made.optional = dice_.percent(20);
        if (route_.steps.empty() || dice_.percent(20)) {
            made.from = dice_.percent(60) ? From::path : From::query;
            made.name = made.from == From::path ? "id" : dice_.one_of({"q", "r", "none"});
            if (made.from == From::path) made.optional = false;
            return made;
        }
        const ModelStep& of = any_step();
        made.name = of.name;
        if (of.for_each) made.path.emplace_back(dice_.below(3));
        append(made.path, dice_.one_of(scalar_paths));
        return made;
    }

    ModelExpression whole_step() {
        ModelExpression made;
        made.name = any_step().name;
        made.optional = dice_.percent(15);
        return made;
    }

    ModelExpression list() {
        ModelExpression made;
        made.optional = dice_.percent(25);
        if (route_.steps.empty()) {
            made.from = From::query;
            made.name = dice_.one_of({"q", "r", "none"});
            return made;
        }
        const ModelStep& of = any_step();
        made.name = of.name;
        if (of.for_each && dice_.percent(40)) return made;
        if (of.for_each) made.path.emplace_back(Every{});
        append(made.path, dice_.one_of(list_paths));
        return made;
    }

    // count and join give a value; concat and compact a list.
    ModelExpression function(ModelExpression::Kind kind) {
        ModelExpression made;
        made.kind = kind;
        made.arguments.push_back(dice_.percent(25) ? function(any_list_function()) : list());
        if (kind == ModelExpression::Kind::concat) made.arguments.push_back(list());
        return made;
    }

    ModelExpression::Kind any_list_function() {
        return dice_.percent(50) ? ModelExpression::Kind::concat : ModelExpression::Kind::compact;
    }

    ModelExpression value_function() {
        const bool counts = dice_.percent(50);
        return function(counts ? ModelExpression::Kind::count : ModelExpression::Kind::join);
    }

    ModelExpression item(const ModelExpression& list) {
        ModelExpression made;
        made.from = From::item;
        const bool of_objects =
            list.from == From::step &&
            (list.path.empty() || (std::holds_alternative<std::string>(list.path.back()) &&
                                   std::get<std::string>(list.path.back()) == "objs"));
        if (of_objects) made.path.emplace_back("id");
        return made;
    }

    // For a path or a query: a text, or a value by itself.
    ModelText text() {
        if (dice_.percent(15)) return {value_function()};
        if (dice_.percent(60)) return {not_dropped(reference())};
        return {"v-", not_dropped(reference())};
    }

    ModelExpression not_dropped(ModelExpression expression) {
        expression.optional = false;
        return expression;
    }

    ModelCondition condition() {
        ModelCondition made;
        made.left = not_dropped(reference());
        made.operation = dice_.one_of({"==", "!=", "<", ">"});
        made.right = dice_.percent(50) ? Json("b") : Json(2);
        return made;
    }

    ModelNode node(std::size_t depth) {
        ModelNode made;
        const std::size_t choice = dice_.below(depth == 0 ? 4 : 6);
        if (choice == 0) {
            made.literal = random_scalar(dice_);
        } else if (choice == 1) {
            made.kind = ModelNode::Kind::text;
            made.text = {"<", dice_.percent(20) ? value_function() : reference(), ">"};
            if (dice_.percent(40)) made.text.emplace_back(reference());
        } else if (choice < 4) {
            made.kind = ModelNode::Kind::value;
            made.value = dice_.percent(50) ? whole_step() : reference();
            if (dice_.percent(20)) made.value = value_function();
            if (dice_.percent(10)) made.value = function(any_list_function());
        } else {
            const bool is_object = choice == 4;
            made.kind = is_object ? ModelNode::Kind::object : ModelNode::Kind::array;
            for (std::size_t i = dice_.below(4); i > 0; --i) {
                made.children.emplace_back("k" + std::to_string(i), node(depth - 1));
            }
        }
        return made;
    }

    using Path = std::vector<ModelSegment>;
    static void append(Path& to, const Path& path) {
        to.insert(to.end(), path.begin(), path.end());
    }

    const Path scalar_paths[8] = {
        {"id"}, {"id"}, {"n"}, {"s"}, {"o", "id"}, {"missing"}, {"objs", 1UL, "id"}, {"list", 0UL}};
    const Path list_paths[8] = {
        {"list"},
        {"list"},
        {"objs"},
        {"objs", Every{}, "id"},
        {"objs", Every{}, "list", Every{}},
        {"o", "list"},
        {"missing"},
        {"id"}};

    Dice& dice_;
    ModelRoute route_;
};

}  // namespace

ModelRoute random_route(Dice& dice) { return RouteMaker{dice}.make(); }

ModelRequest random_request(Dice& dice) {
    ModelRequest request;
    const std::string ids[] = {"a1", "x y", "é", "..", std::string(257, 'x'), "b/c", "7"};
    request.id = dice.percent(90) ? ids[dice.below(3)] : ids[dice.below(7)];
    for (const char* name : {"q", "r"}) {
        for (std::size_t i = dice.below(4); i > 0; --i) {
            request.query[name].push_back(dice.one_of({"a", "b", "c d"}));
        }
    }
    return request;
}

Services random_services(std::uint64_t seed) {
    return [seed](const std::string& target) {
        Dice dice{seed ^ std::hash<std::string>{}(target)};
        constexpr int statuses[] = {404, 404, 500, 409, 429, 401, 0, 301};
        Said said;
        if (dice.percent(15)) said.status = statuses[dice.below(8)];
        said.body = dice.percent(2) ? "{\"id\":" : random_document(dice).dump();
        if (dice.percent(2)) said.body.clear();
        return said;
    };
}

}  // namespace weft::property
