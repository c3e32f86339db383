#include "property/reference_composer.hpp"

#include <algorithm>

#include "property/reference_render.hpp"
#include "property/reference_steps.hpp"
#include "property/reference_text.hpp"

namespace weft::property {
namespace {

using Parts = std::vector<const ModelPart*>;

class BodyComposer {
  public:
    BodyComposer(const ModelRoute& route, const ModelRequest& request, ModelRun run)
        : results_{std::move(run.results)}, scope_{route, request, results_} {
        scope_.shaped = true;
    }

    Composed compose() {
        const ModelNode& root = scope_.route.response;
        composed_.body = write(root, "").value_or(nullptr);
        note_what_has_no_place();
        for (const Loss& loss : losses_) {
            const ModelFailure& failure = *loss.part->failure;
            composed_.errors.emplace(
                loss.at, failure.code, failure.status, failure.upstream_status
            );
        }
        for (const auto& [name, text] : scope_.route.headers) {
            const auto value = render_response_header(text, scope_);
            if (value) composed_.headers[name] = *value;
        }
        if (is_invalid_) composed_.problems.insert(502);
        return std::move(composed_);
    }

  private:
    struct Loss {
        std::string at;
        const ModelPart* part;
    };

    // Nothing: it is left out.
    std::optional<Json> write(const ModelNode& node, const std::string& at) {
        using Kind = ModelNode::Kind;
        switch (node.kind) {
            case Kind::literal:
                return node.literal;
            case Kind::value:
                return write_value(node.value, at);
            case Kind::text:
                return write_text(node.text, at);
            case Kind::object: {
                Json object = Json::object();
                for (const auto& [name, child] : node.children) {
                    const auto member = write(child, std::string{at}.append("/").append(name));
                    if (member) object[name] = *member;
                }
                return object;
            }
            case Kind::array: {
                Json array = Json::array();
                Parts dropped;
                for (const auto& [name, child] : node.children) add(child, at, array, dropped);
                note(dropped, at);
                return array;
            }
            case Kind::each:
                return write_each(node, at);
        }
        return std::nullopt;
    }

    // An element that is left out has no place: what it lost stands at its array, once.
    void add(const ModelNode& element, const std::string& at, Json& array, Parts& dropped) {
        const std::size_t before = losses_.size();
        const auto value = write(element, at + "/" + std::to_string(array.size()));
        if (value) {
            array.push_back(*value);
            return;
        }
        for (std::size_t i = before; i < losses_.size(); ++i) add_once(dropped, losses_[i].part);
        losses_.resize(before);
    }

    std::optional<Json> write_value(const ModelExpression& expression, const std::string& at) {
        note_losses(expression, at);
        const ModelValue value = value_of(expression, scope_);
        is_invalid_ = is_invalid_ || value.kind == ModelValue::Kind::refused;
        const bool is_there = value.is_json() && !value.is_missing();
        if (!is_there && expression.optional) return std::nullopt;
        return is_there ? sent(value, scope_) : Json{};
    }

    std::optional<Json> write_text(const ModelText& text, const std::string& at) {
        Parts lost;
        for (const auto& piece : text) {
            const auto* expression = std::get_if<ModelExpression>(&piece);
            if (expression != nullptr) collect_losses(*expression, lost);
        }
        note(lost, at);
        std::string written;
        for (const auto& piece : text) {
            if (const auto* literal = std::get_if<std::string>(&piece)) {
                written += *literal;
                continue;
            }
            const auto& expression = std::get<ModelExpression>(piece);
            const ModelValue value = value_of(expression, scope_);
            if (value.kind == ModelValue::Kind::unavailable || value.is_missing()) {
                return expression.optional ? std::nullopt : std::optional<Json>{nullptr};
            }
            const auto characters = value.is_json() ? text_of(value.json) : std::nullopt;
            if (!characters) {
                is_invalid_ = true;
                return nullptr;
            }
            written += *characters;
        }
        return written;
    }

    std::optional<Json> write_each(const ModelNode& node, const std::string& at) {
        using ListKind = ModelList::Kind;
        Parts lost;
        collect_losses(node.value, lost);
        note(lost, at);
        ModelExpression whole = node.value;
        whole.optional = false;
        const ModelList list = list_of(whole, scope_);
        const bool is_missing = list.kind == ListKind::absent || list.kind == ListKind::unavailable;
        if (is_missing && node.value.optional) return std::nullopt;
        if (list.kind == ListKind::absent) return Json::array();
        is_invalid_ = is_invalid_ || (list.kind != ListKind::list && !is_missing);
        if (list.kind != ListKind::list) return nullptr;
        Json array = Json::array();
        Parts dropped;
        const bool is_function =
            !node.value.arguments.empty() && node.value.kind != ModelExpression::Kind::look_up;
        for (ModelValue element : list.items) {
            // A function's losses stand at its own place.
            if (is_function) element.part = nullptr;
            scope_.elements[node.name] = element;
            add(node.children.front().second, at, array, dropped);
        }
        scope_.elements.erase(node.name);
        std::erase_if(dropped, [&](const ModelPart* part) {
            return std::ranges::find(lost, part) != lost.end();
        });
        note(dropped, at);
        return array;
    }

    static void add_once(Parts& parts, const ModelPart* part) {
        if (part == nullptr || !part->failure) return;
        if (std::ranges::find(parts, part) == parts.end()) parts.push_back(part);
    }

    void note(const Parts& parts, const std::string& at) {
        for (const ModelPart* part : parts) {
            placed_.insert(part);
            losses_.push_back({at, part});
        }
    }

    void note_losses(const ModelExpression& expression, const std::string& at) {
        Parts lost;
        collect_losses(expression, lost);
        note(lost, at);
        if (!is_of_all_results(expression, scope_)) return;
        const ModelResult& result = results_.at(expression.name);
        for (std::size_t i = 0; i < result.places.size(); ++i) {
            Parts one;
            add_once(one, &result.parts[result.places[i]]);
            note(one, at + "/" + std::to_string(i));
        }
    }

    // The failed results that it reads as one; of a function all that its lists hold.
    void collect_losses(const ModelExpression& expression, Parts& lost) const {
        const bool is_look_up = expression.kind == ModelExpression::Kind::look_up;
        for (const ModelExpression& argument : expression.arguments) {
            collect_losses(argument, lost);
            if (is_look_up || !is_of_all_results(argument, scope_)) continue;
            for (const ModelPart& part : results_.at(argument.name).parts) add_once(lost, &part);
        }
        const bool is_reference = expression.kind == ModelExpression::Kind::reference;
        if (is_reference && expression.from == From::step) {
            add_once(lost, &results_.at(expression.name).whole);
            // Of `${stock[*].n}` a failed result has no element.
            const bool is_inside =
                is_of_all_results(expression, scope_) && expression.path.size() > 1;
            for (const ModelPart& part : results_.at(expression.name).parts) {
                if (is_inside) add_once(lost, &part);
            }
        }
        add_once(lost, part_of(expression, scope_));
    }

    void note_what_has_no_place() {
        Parts without;
        for (const auto& [name, result] : results_) {
            if (!placed_.contains(&result.whole)) add_once(without, &result.whole);
            for (const ModelPart& part : result.parts) {
                if (!placed_.contains(&part)) add_once(without, &part);
            }
        }
        note(without, "");
    }

    const std::map<std::string, ModelResult> results_;
    ModelScope scope_;
    Composed composed_;
    std::vector<Loss> losses_;
    std::set<const ModelPart*> placed_;
    bool is_invalid_ = false;
};

// Whether anything reads `request.body`, which must then be JSON.
bool reads_request_body(const ModelRoute& route) {
    bool reads = false;
    const auto see = [&](const ModelExpression& expression) {
        reads = reads || (expression.kind == ModelExpression::Kind::reference &&
                          expression.from == From::body);
    };
    for (const ModelStep& step : route.steps) {
        visit_outermost(step, [&](const ModelExpression& outermost) { visit(outermost, see); });
        if (step.when) visit(*step.when, see);
    }
    visit(route.response, see);
    for (const auto& [name, text] : route.headers) visit(text, see);
    return reads;
}

}  // namespace

Composed compose_slowly(
    const ModelRoute& route, const ModelRequest& request, const Services& services
) {
    const bool is_bad = !request.body.empty() && !Json::accept(request.body);
    if (is_bad && reads_request_body(route)) return {{400}, {}, {}, {}};
    ModelRun run = run_slowly(route, request, services);
    if (!run.problems.empty()) return {std::move(run.problems), {}, {}, {}};
    return BodyComposer{route, request, std::move(run)}.compose();
}

}  // namespace weft::property
