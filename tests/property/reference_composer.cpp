#include "property/reference_composer.hpp"

#include <algorithm>

#include "property/reference_steps.hpp"

namespace weft::property {
namespace {

class BodyComposer {
  public:
    BodyComposer(const ModelRoute& route, const ModelRequest& request, ModelRun run)
        : route_{route}, request_{request}, results_{std::move(run.results)} {}

    Composed compose() {
        ModelScope scope{route_, request_, results_};
        scope.shaped = true;
        for (const auto& [name, child] : route_.response.children) {
            write_member(composed_.body, name, child, scope, "");
        }
        note_what_has_no_place();
        for (const Loss& loss : losses_) {
            const ModelFailure& failure = *loss.part->failure;
            composed_.errors.emplace(
                loss.at, failure.code, failure.status, failure.upstream_status
            );
        }
        if (is_invalid_) composed_.problems.insert(502);
        return std::move(composed_);
    }

  private:
    struct Loss {
        std::string at;
        const ModelPart* part;
    };

    // Whether it was written, not dropped.
    bool write_member(
        Json& into,
        const std::string& name,
        const ModelNode& node,
        ModelScope& scope,
        const std::string& at
    ) {
        const auto value = write(node, scope, at + "/" + name);
        if (value) into[name] = *value;
        return value.has_value();
    }

    std::optional<Json> write(const ModelNode& node, ModelScope& scope, const std::string& at) {
        using Kind = ModelNode::Kind;
        switch (node.kind) {
            case Kind::literal:
                return node.literal;
            case Kind::value:
                return write_value(node.value, scope, at);
            case Kind::text:
                return write_text(node.text, scope, at);
            case Kind::object: {
                Json object = Json::object();
                for (const auto& [name, child] : node.children)
                    write_member(object, name, child, scope, at);
                return object;
            }
            case Kind::array:
                return write_array(node, scope, at);
            case Kind::each:
                return write_each(node, scope, at);
        }
        return std::nullopt;
    }

    // An element that was dropped has no place: what it lost stands at its array, once.
    Json write_array(const ModelNode& node, ModelScope& scope, const std::string& at) {
        Json array = Json::array();
        std::set<const ModelPart*> dropped;
        for (const auto& [name, child] : node.children) {
            const std::size_t before = losses_.size();
            const auto value = write(child, scope, at + "/" + std::to_string(array.size()));
            if (value) {
                array.push_back(*value);
                continue;
            }
            for (std::size_t i = before; i < losses_.size(); ++i) dropped.insert(losses_[i].part);
            losses_.erase(losses_.begin() + static_cast<std::ptrdiff_t>(before), losses_.end());
        }
        for (const ModelPart* part : dropped) note(*part, at);
        return array;
    }

    std::optional<Json> write_value(
        const ModelExpression& expression, const ModelScope& scope, const std::string& at
    ) {
        note_loss(expression, scope, at);
        const ModelValue value = value_of(expression, scope);
        if (value.kind == ModelValue::Kind::refused) {
            is_invalid_ = true;
            return nullptr;
        }
        const bool has_none = value.kind == ModelValue::Kind::unavailable || value.is_missing();
        if (has_none) return expression.optional ? std::nullopt : std::optional<Json>{nullptr};
        return value.json;
    }

    std::optional<Json> write_text(
        const ModelText& text, const ModelScope& scope, const std::string& at
    ) {
        std::vector<const ModelPart*> lost;
        for (const auto& piece : text) {
            const auto* expression = std::get_if<ModelExpression>(&piece);
            if (expression != nullptr) collect_losses(*expression, scope, lost);
        }
        for (const ModelPart* part : lost) note(*part, at);
        std::string written;
        for (const auto& piece : text) {
            if (const auto* literal = std::get_if<std::string>(&piece)) {
                written += *literal;
                continue;
            }
            const auto& expression = std::get<ModelExpression>(piece);
            const ModelValue value = value_of(expression, scope);
            if (value.kind == ModelValue::Kind::unavailable || value.is_missing()) {
                return expression.optional ? std::nullopt : std::optional<Json>{nullptr};
            }
            const auto characters =
                value.is_json() ? text_of(value.json) : std::optional<std::string>{};
            if (!characters) is_invalid_ = true;
            written += characters.value_or("");
        }
        return written;
    }

    std::optional<Json> write_each(
        const ModelNode& node, ModelScope& scope, const std::string& at
    ) {
        note_loss(node.value, scope, at);
        const ModelList list = list_of(node.value, scope);
        if (list.kind == ModelList::Kind::not_a_list) is_invalid_ = true;
        if (list.kind != ModelList::Kind::list) {
            return node.value.optional ? std::nullopt : std::optional<Json>{nullptr};
        }
        Json array = Json::array();
        for (const ModelValue& element : list.items) {
            scope.elements[node.name] = element;
            const auto value =
                write(node.children.front().second, scope, at + "/" + std::to_string(array.size()));
            if (value) array.push_back(*value);
        }
        scope.elements.erase(node.name);
        return array;
    }

    void note(const ModelPart& part, const std::string& at) {
        if (!part.failure) return;
        placed_.insert(&part);
        losses_.push_back({at, &part});
    }

    void note_loss(
        const ModelExpression& expression, const ModelScope& scope, const std::string& at
    ) {
        const bool is_reference = expression.kind == ModelExpression::Kind::reference;
        if (is_reference && expression.from == From::step && expression.path.empty()) {
            const ModelResult& result = results_.at(expression.name);
            for (std::size_t i = 0; i < result.places.size(); ++i) {
                note(result.parts[result.places[i]], at + "/" + std::to_string(i));
            }
        }
        std::vector<const ModelPart*> lost;
        collect_losses(expression, scope, lost);
        for (const ModelPart* part : lost) note(*part, at);
    }

    // The failed results that it reads as one; of a function all that its lists hold.
    void collect_losses(
        const ModelExpression& expression,
        const ModelScope& scope,
        std::vector<const ModelPart*>& lost
    ) const {
        const auto add = [&lost](const ModelPart* part) {
            if (part == nullptr || !part->failure) return;
            if (std::ranges::find(lost, part) == lost.end()) lost.push_back(part);
        };
        for (const ModelExpression& argument : expression.arguments) {
            collect_losses(argument, scope, lost);
            if (expression.kind == ModelExpression::Kind::look_up || !feeds(argument)) continue;
            const ModelResult& result = results_.at(argument.name);
            if (part_of(argument, scope) != nullptr) continue;
            for (const ModelPart& part : result.parts) add(&part);
        }
        if (!feeds(expression)) return;
        add(&results_.at(expression.name).whole);
        add(part_of(expression, scope));
    }

    void note_what_has_no_place() {
        for (const auto& [name, result] : results_) {
            if (!placed_.contains(&result.whole)) note(result.whole, "");
            for (const ModelPart& part : result.parts) {
                if (!placed_.contains(&part)) note(part, "");
            }
        }
    }

    const ModelRoute& route_;
    const ModelRequest& request_;
    const std::map<std::string, ModelResult> results_;
    Composed composed_{{}, Json::object(), {}};
    std::vector<Loss> losses_;
    std::set<const ModelPart*> placed_;
    bool is_invalid_ = false;
};

}  // namespace

Composed compose_slowly(
    const ModelRoute& route, const ModelRequest& request, const Services& services
) {
    ModelRun run = run_slowly(route, request, services);
    if (!run.problems.empty()) return {std::move(run.problems), {}, {}};
    return BodyComposer{route, request, std::move(run)}.compose();
}

}  // namespace weft::property
