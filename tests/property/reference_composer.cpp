#include "property/reference_composer.hpp"

#include <algorithm>
#include <array>

#include "property/reference_values.hpp"

namespace weft::property {
namespace {

// A call to make, the failure that keeps it from being made, or a value that is not there.
struct Skip {};
using Rendering = std::variant<std::string, ModelFailure, Skip>;

std::string percent_encoded(const std::string& text) {
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (unreserved.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', hex[byte >> 4], hex[byte & 15]};
        }
    }
    return out;
}

// Everything an expression is made of.
void visit(
    const ModelExpression& expression, const std::function<void(const ModelExpression&)>& see
) {
    see(expression);
    for (const ModelExpression& argument : expression.arguments) visit(argument, see);
}

void visit(const ModelText& text, const std::function<void(const ModelExpression&)>& see) {
    for (const auto& piece : text) {
        if (const auto* expression = std::get_if<ModelExpression>(&piece)) visit(*expression, see);
    }
}

void visit(const ModelNode& node, const std::function<void(const ModelExpression&)>& see) {
    using Kind = ModelNode::Kind;
    if (node.kind == Kind::value || node.kind == Kind::each) visit(node.value, see);
    visit(node.text, see);
    for (const auto& [name, child] : node.children) visit(child, see);
}

bool fits_in_segment(const std::string& text) {
    return !text.empty() && text != "." && text != ".." && text.size() <= 256;
}

class Composer {
  public:
    Composer(const ModelRoute& route, const ModelRequest& request, const Services& services)
        : route_{route}, request_{request}, services_{services} {}

    Composed compose() {
        for (const ModelStep& step : route_.steps) results_[step.name] = run(step);
        if (!composed_.problems.empty()) return std::move(composed_);
        ModelScope scope{route_, request_, results_};
        scope.shaped = true;
        for (const auto& [name, child] : route_.response.children) {
            write_member(composed_.body, name, child, scope, "");
        }
        note_what_has_no_place();
        if (is_invalid_) composed_.problems.insert(502);
        return std::move(composed_);
    }

  private:
    void visit_fed(const ModelStep& step, const std::function<void(const ModelExpression&)>& see)
        const {
        if (step.for_each) visit(*step.for_each, see);
        for (const ModelText& segment : step.segments) visit(segment, see);
        for (const auto& [name, text] : step.query) visit(text, see);
    }

    static bool feeds(const ModelExpression& expression) {
        return expression.kind == ModelExpression::Kind::look_up ||
               (expression.kind == ModelExpression::Kind::reference && expression.from == From::step
               );
    }

    bool fed_only_by_request(const ModelStep& step) const {
        bool by_step = false;
        bool by_request = false;
        visit_fed(step, [&](const ModelExpression& expression) {
            by_step = by_step || feeds(expression);
            by_request =
                by_request || expression.from == From::path || expression.from == From::query;
        });
        return by_request && !by_step;
    }

    bool lacks_a_feed(const ModelStep& step) const {
        bool lacks = false;
        visit_fed(step, [&](const ModelExpression& expression) {
            if (!feeds(expression) || expression.optional) return;
            const ModelResult& fed_by = results_.at(expression.name);
            const bool has_value = fed_by.is_list || fed_by.whole.has_value;
            lacks = lacks || !has_value;
        });
        return lacks;
    }

    ModelResult run(const ModelStep& step) {
        ModelResult result;
        const ModelScope scope{route_, request_, results_};
        ModelScope deciding = scope;
        deciding.decides = true;
        if (step.when && !holds(*step.when, deciding)) {
            result.whole = without_value(step);
            return result;
        }
        if (lacks_a_feed(step)) {
            result.whole = without_value(step);
            return result;
        }
        if (step.for_each) return run_loop(step, scope);
        const Rendering rendering = render(step, scope);
        if (const auto* target = std::get_if<std::string>(&rendering)) {
            result.whole = call(step, *target);
        } else if (const auto* failure = std::get_if<ModelFailure>(&rendering)) {
            result.whole = failed(step, *failure);
        } else {
            result.whole = without_value(step);
        }
        return result;
    }

    ModelPart without_value(const ModelStep& step) const {
        ModelPart part;
        if (step.fallback && !step.fallback->is_null() && !step.for_each) {
            part.value = *step.fallback;
            part.has_value = true;
        }
        return part;
    }

    ModelPart failed(const ModelStep& step, ModelFailure failure) {
        if (step.required) composed_.problems.insert(failure.status);
        ModelPart part;
        if (step.fallback && !step.fallback->is_null()) {
            part.value = *step.fallback;
            part.has_value = true;
        }
        part.failure = std::move(failure);
        return part;
    }

    ModelPart failed_list(const ModelStep& step, ModelFailure failure) {
        ModelPart part = failed(step, std::move(failure));
        part.value = nullptr;
        part.has_value = false;
        return part;
    }

    ModelPart call(const ModelStep& step, const std::string& target) {
        const Said said = services_(target);
        if (said.status == 0) return failed(step, {"upstream_refused", 502, 0});
        return judge(step, said.status, said.body);
    }

    ModelPart judge(const ModelStep& step, int status, const std::string& body) {
        ModelPart part;
        part.status = status;
        if (step.null_on.contains(status)) {
            part.has_value = true;
            part.succeeded = true;
            return part;
        }
        if (status < 200 || status > 299) {
            part = failed(step, {"upstream_status", client_status(step, status), status});
            part.status = status;
            return part;
        }
        part.value = Json::parse(body.empty() || !is_read(step) ? "null" : body, nullptr, false);
        if (part.value.is_discarded()) {
            part = failed(step, {"upstream_json", 502, 0});
            part.status = status;
            return part;
        }
        part.has_value = true;
        part.succeeded = true;
        return part;
    }

    // A body that nobody reads need not be JSON.
    bool is_read(const ModelStep& step) const {
        bool read = false;
        const auto see = [&](const ModelExpression& expression) {
            read = read || (feeds(expression) && expression.name == step.name);
        };
        for (const ModelStep& reader : route_.steps) {
            visit_fed(reader, see);
            if (reader.when) visit(reader.when->left, see);
        }
        visit(route_.response, see);
        return read;
    }

    int client_status(const ModelStep& step, int status) const {
        for (const auto& [from, to] : step.on_status) {
            if (from == status) return to;
        }
        constexpr std::array passed{400, 404, 409, 410, 412, 413, 415, 422, 451};
        if (!fed_only_by_request(step)) return 502;
        if (status == 429) return 503;
        return std::ranges::find(passed, status) != passed.end() ? status : 502;
    }

    int blame(const ModelExpression& expression, const ModelStep& step) const {
        const bool of_item =
            expression.kind == ModelExpression::Kind::reference && expression.from == From::item;
        const From from = of_item ? step.for_each->from : expression.from;
        return from == From::path || from == From::query ? 400 : 502;
    }

    Rendering render(const ModelStep& step, const ModelScope& scope) const {
        std::string target = "/" + step.name;
        for (const ModelText& segment : step.segments) {
            const Rendering text = render(step, segment, scope, fits_in_segment);
            if (!std::holds_alternative<std::string>(text)) return text;
            target += "/" + std::get<std::string>(text);
        }
        char separator = '?';
        for (const auto& [name, parameter] : step.query) {
            bool dropped = false;
            for (const auto& piece : parameter) {
                const auto* expression = std::get_if<ModelExpression>(&piece);
                if (expression == nullptr || !expression->optional) continue;
                const ModelValue value = value_of(*expression, scope);
                dropped =
                    dropped || value.kind == ModelValue::Kind::unavailable || value.is_missing();
            }
            if (dropped) continue;
            const Rendering text =
                render(step, parameter, scope, [](const std::string&) { return true; });
            if (!std::holds_alternative<std::string>(text)) return text;
            target += separator + name + "=" + std::get<std::string>(text);
            separator = '&';
        }
        return target;
    }

    Rendering render(
        const ModelStep& step,
        const ModelText& text,
        const ModelScope& scope,
        const std::function<bool(const std::string&)>& fits
    ) const {
        std::string rendered;
        for (const auto& piece : text) {
            if (const auto* literal = std::get_if<std::string>(&piece)) {
                rendered += *literal;
                continue;
            }
            const auto& expression = std::get<ModelExpression>(piece);
            const ModelValue value = value_of(expression, scope);
            if (value.kind == ModelValue::Kind::unavailable) return Skip{};
            const int status = blame(value.by == nullptr ? expression : *value.by, step);
            if (value.kind == ModelValue::Kind::refused) return ModelFailure{value.code, status};
            if (value.is_missing()) return ModelFailure{"missing_input", status};
            const auto characters = text_of(value.json);
            if (!characters || !fits(*characters)) return ModelFailure{"invalid_value", status};
            rendered += percent_encoded(*characters);
        }
        return rendered;
    }

    ModelResult run_loop(const ModelStep& step, const ModelScope& scope) {
        ModelResult result;
        const ModelList list = list_of(*step.for_each, scope);
        const int status = blame(list.by == nullptr ? *step.for_each : *list.by, step);
        if (list.kind == ModelList::Kind::not_a_list) {
            result.whole = failed_list(step, {"not_a_list", status});
            return result;
        }
        if (list.kind != ModelList::Kind::list) {
            const bool is_absent = list.kind == ModelList::Kind::absent;
            result.whole =
                is_absent ? failed_list(step, {"missing_input", status}) : without_value(step);
            return result;
        }
        return step.batch ? run_batch(step, list) : run_items(step, list);
    }

    // All are rendered before the first is called.
    ModelResult run_items(const ModelStep& step, const ModelList& list) {
        ModelResult result;
        result.is_list = true;
        std::vector<Rendering> renderings;
        std::set<std::string> targets;
        for (const ModelValue& item : list.items) {
            const ModelScope scope{route_, request_, results_, &item};
            renderings.push_back(
                item.kind == ModelValue::Kind::unavailable ? Rendering{Skip{}} : render(step, scope)
            );
            const auto* failure = std::get_if<ModelFailure>(&renderings.back());
            if (failure != nullptr && step.required) return as_whole(failed_list(step, *failure));
            if (const auto* target = std::get_if<std::string>(&renderings.back()))
                targets.insert(*target);
            if (targets.size() > step.max_items) {
                return as_whole(failed_list(step, {"too_many_items", blame(*step.for_each, step)}));
            }
        }
        std::map<std::string, std::size_t> known;
        for (std::size_t i = 0; i < renderings.size(); ++i) {
            const auto text = list.items[i].is_json() ? text_of(list.items[i].json) : std::nullopt;
            result.texts.push_back(text.value_or("\n"));
            place(step, renderings[i], known, result);
        }
        return result;
    }

    // Equal requests and equal failures share a part.
    void place(
        const ModelStep& step,
        const Rendering& rendering,
        std::map<std::string, std::size_t>& known,
        ModelResult& result
    ) {
        std::string key = "\n";
        if (const auto* target = std::get_if<std::string>(&rendering)) key = *target;
        if (const auto* failure = std::get_if<ModelFailure>(&rendering)) {
            key += failure->code + std::to_string(failure->status);
        }
        const auto [at, is_new] = known.emplace(key, result.parts.size());
        if (is_new) {
            if (const auto* target = std::get_if<std::string>(&rendering)) {
                result.parts.push_back(call(step, *target));
            } else if (const auto* failure = std::get_if<ModelFailure>(&rendering)) {
                result.parts.push_back(failed(step, *failure));
            } else {
                result.parts.push_back(skipped_item(step));
            }
        }
        result.places.push_back(at->second);
    }

    static ModelResult as_whole(ModelPart part) {
        ModelResult result;
        result.whole = std::move(part);
        return result;
    }

    static ModelPart skipped_item(const ModelStep& step) {
        ModelPart part;
        part.has_value = step.fallback && !step.fallback->is_null();
        if (part.has_value) part.value = *step.fallback;
        return part;
    }

    ModelResult run_batch(const ModelStep& step, const ModelList& list);

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
            case Kind::array: {
                Json array = Json::array();
                for (const auto& [name, child] : node.children) {
                    const auto value = write(child, scope, at + "/" + std::to_string(array.size()));
                    if (value) array.push_back(*value);
                }
                return array;
            }
            case Kind::each:
                return write_each(node, scope, at);
        }
        return std::nullopt;
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

    std::optional<Json> write_each(const ModelNode& node, ModelScope& scope, const std::string& at);

    void note(const ModelPart& part, const std::string& at) {
        if (!part.failure) return;
        placed_.insert(&part);
        const ModelFailure& failure = *part.failure;
        composed_.errors.emplace(at, failure.code, failure.status, failure.upstream_status);
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
    const Services& services_;
    std::map<std::string, ModelResult> results_;
    Composed composed_{{}, Json::object(), {}};
    std::set<const ModelPart*> placed_;
    bool is_invalid_ = false;
};

ModelResult Composer::run_batch(const ModelStep& step, const ModelList& list) {
    return run_items(step, list);
}

std::optional<Json> Composer::write_each(
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

}  // namespace

Composed compose_slowly(
    const ModelRoute& route, const ModelRequest& request, const Services& services
) {
    return Composer{route, request, services}.compose();
}

}  // namespace weft::property
