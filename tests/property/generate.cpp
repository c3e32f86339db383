#include "property/generate.hpp"

#include <algorithm>
#include <map>

#include "property/generate_values.hpp"
#include "property/reference_text.hpp"

namespace weft::property {
namespace {

class RouteMaker {
  public:
    explicit RouteMaker(Dice& dice) : dice_{dice}, values_{dice, route_} {}

    ModelRoute make() {
        route_.method = dice_.one_of({"GET", "GET", "POST"});
        const std::size_t steps = 1 + dice_.below(5);
        for (std::size_t i = 0; i < steps; ++i) route_.steps.push_back(step(i));
        route_.written_backwards = dice_.percent(20);
        const bool has_optional =
            std::ranges::any_of(route_.steps, [](const ModelStep& step) { return !step.required; });
        const ModelPlace response{.in_response = true};
        route_.response = has_optional || dice_.percent(50)
                              ? values_.object(1 + dice_.below(5), 2, response)
                              : values_.node(2, response);
        if (dice_.percent(15)) route_.status = 203;
        for (const char* name : {"X-A", "X-B"}) {
            if (dice_.percent(20)) route_.headers.emplace_back(name, values_.text(response));
        }
        return std::move(route_);
    }

  private:
    ModelStep step(std::size_t index) {
        ModelStep made;
        made.name = "s" + std::to_string(index);
        made.upstream = dice_.one_of({"open", "closed"});
        made.forwards_credentials = dice_.percent(10);
        made.required = dice_.percent(30);
        if (dice_.percent(40)) add_loop(made);
        if (index > 0 && dice_.percent(25)) made.when = values_.condition(2);
        if (index > 0 && dice_.percent(10)) made.after.push_back(dice_.any_of(route_.steps).name);
        const bool may_fall_back = !made.required || (made.when && !made.for_each);
        if (may_fall_back && dice_.percent(40)) made.fallback = fallback();
        if (!made.batch || dice_.percent(70)) made.call = call(made);
        add_statuses(made);
        if (dice_.percent(25)) add_shape(made);
        return made;
    }

    void add_loop(ModelStep& step) {
        step.for_each = values_.list_or_function({});
        if (dice_.percent(20)) step.as = "x" + step.name;
        if (dice_.percent(10)) step.max_items = 2;
        if (dice_.percent(30)) step.max_concurrency = 1 + dice_.below(3);
        if (dice_.percent(40)) step.batch = batch();
    }

    ModelBatch batch() {
        ModelBatch made;
        made.max_size = dice_.percent(50) ? 100 : 1 + dice_.below(4);
        made.match = dice_.one_of({"id", "o.id"});
        made.rows = dice_.one_of({"", "rows", "o.rows"});
        const std::string place = made.rows.empty() ? "root" : made.rows;
        const ModelPlace in_batch{.in_batch = true};
        made.call.segments = {{"batch"}, {place == "o.rows" ? "rows_in_o" : place}};
        if (dice_.percent(15)) made.call.segments.push_back(values_.segment({}));
        ModelExpression items;
        items.from = From::items;
        if (dice_.percent(30)) {
            made.call.method = dice_.one_of({"POST", "PUT", "PATCH"});
            made.call.body = values_.object(dice_.below(3), 1, in_batch);
            made.call.body->children.emplace_back("ids", value_node(items));
        } else {
            ModelExpression joined;
            joined.kind = ModelExpression::Kind::join;
            joined.arguments.push_back(items);
            made.call.query.emplace_back("ids", ModelText{joined});
        }
        if (dice_.percent(15)) made.call.query.emplace_back("q", values_.text(in_batch));
        if (dice_.percent(10)) made.call.headers.emplace_back("X-Batch", values_.text(in_batch));
        return made;
    }

    static ModelNode value_node(const ModelExpression& value) {
        ModelNode node;
        node.kind = ModelNode::Kind::value;
        node.value = value;
        return node;
    }

    ModelCall call(const ModelStep& step) {
        ModelCall made;
        if (dice_.percent(30)) {
            made.method = dice_.one_of({"POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"});
        }
        const ModelPlace place{.loop = step.for_each ? &step : nullptr};
        for (std::size_t i = 1 + dice_.below(2); i > 0; --i) {
            made.segments.push_back(values_.segment(place));
        }
        if (dice_.percent(30)) made.query.emplace_back("q", values_.text(place));
        if (dice_.percent(15)) made.query.emplace_back("p", values_.text(place));
        if (dice_.percent(20)) made.headers.emplace_back("X-Call", values_.text(place));
        const bool takes_body =
            made.method == "POST" || made.method == "PUT" || made.method == "PATCH";
        if (takes_body && dice_.percent(80)) made.body = values_.node(2, place);
        return made;
    }

    Json fallback() {
        const Json choices[] = {nullptr, "none", {{"id", "fb"}, {"n", 0}}, Json::array({"f", "g"})};
        return choices[dice_.below(4)];
    }

    // No word twice.
    void add_statuses(ModelStep& step) {
        if (dice_.percent(65)) return;
        std::set<std::string> used;
        const auto word = [&](auto& words) {
            std::string one = dice_.one_of(words);
            return used.insert(one).second ? std::optional{one} : std::nullopt;
        };
        const char* const successes[] = {"2xx", "2xx", "200", "404", "3xx", "5xx"};
        const char* const nulls[] = {"404", "404", "4xx", "201", "204", "500"};
        const char* const mapped[] = {"409", "4xx", "5xx", "429", "401", "503", "404"};
        for (std::size_t i = dice_.below(3); i > 0; --i) {
            if (const auto one = word(successes)) step.success.push_back(*one);
        }
        for (std::size_t i = dice_.below(3); i > 0; --i) {
            if (const auto one = word(nulls)) step.null_on.push_back(*one);
        }
        for (std::size_t i = dice_.below(3); i > 0; --i) {
            if (const auto one = word(mapped))
                step.on_status.emplace_back(*one, dice_.one_of({418, 503, 404, 500}));
        }
    }

    std::string any_path() {
        return dice_.one_of(
            {"id",
             "n",
             "s",
             "s.deep",
             "list",
             "x-y",
             "o",
             "o.id",
             "o.list",
             "objs",
             "objs.id",
             "objs.list",
             "objs.s.deep"}
        );
    }

    // Nothing that contradicts itself.
    void add_shape(ModelStep& step) {
        for (std::size_t i = dice_.below(4); i > 0; --i) {
            const std::string path = any_path();
            const bool repeats = std::ranges::any_of(step.select, [&](const std::string& other) {
                return is_or_begins(path, other) || is_or_begins(other, path);
            });
            if (!repeats) step.select.push_back(path);
        }
        for (std::size_t i = dice_.below(3); i > 0; --i) {
            const std::string path = any_path();
            const bool contradicts = std::ranges::any_of(
                step.select, [&](const std::string& other) { return is_or_begins(other, path); }
            );
            if (!contradicts) step.omit.push_back(path);
        }
        std::set<std::string> targets;
        for (std::size_t i = dice_.below(3); i > 0; --i) {
            const std::string path = any_path();
            const std::size_t dot = path.rfind('.') + 1;
            const std::string name = dice_.one_of({"id", "key", "n", "list"});
            const bool is_new = targets.insert(path.substr(0, dot) + name).second &&
                                targets.insert("from " + path).second;
            if (is_new && path.substr(dot) != name) step.rename.emplace_back(path, name);
        }
    }

    Dice& dice_;
    ModelRoute route_;
    ValueMaker values_;
};

}  // namespace

ModelRoute random_route(Dice& dice) { return RouteMaker{dice}.make(); }

}  // namespace weft::property
