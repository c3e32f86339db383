#include "property/reference_steps.hpp"

#include <algorithm>
#include <array>

#include "property/reference_render.hpp"
#include "property/reference_text.hpp"

namespace weft::property {
namespace {

class StepRunner {
  public:
    StepRunner(const ModelRoute& route, const ModelRequest& request, const Services& services)
        : route_{route}, request_{request}, services_{services} {}

    ModelRun run() {
        for (const ModelStep& step : route_.steps) run_.results[step.name] = run(step);
        return std::move(run_);
    }

  private:
    void visit_fed(const ModelStep& step, const std::function<void(const ModelExpression&)>& see)
        const {
        if (step.for_each) visit(*step.for_each, see);
        for (const ModelText& segment : step.segments) visit(segment, see);
        for (const auto& [name, text] : step.query) visit(text, see);
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
            const ModelResult& fed_by = run_.results.at(expression.name);
            const bool has_value = fed_by.is_list || fed_by.whole.has_value;
            lacks = lacks || !has_value;
        });
        return lacks;
    }

    ModelResult run(const ModelStep& step) {
        ModelResult result;
        const ModelScope scope{route_, request_, run_.results};
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
        if (step.required) run_.problems.insert(failure.status);
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
        return run_items(step, list);
    }

    // All are rendered before the first is called.
    ModelResult run_items(const ModelStep& step, const ModelList& list) {
        ModelResult result;
        result.is_list = true;
        std::vector<Rendering> renderings;
        std::set<std::string> targets;
        for (const ModelValue& item : list.items) {
            const ModelScope scope{route_, request_, run_.results, &item};
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

    const ModelRoute& route_;
    const ModelRequest& request_;
    const Services& services_;
    ModelRun run_;
};

}  // namespace

bool feeds(const ModelExpression& expression) {
    return expression.kind == ModelExpression::Kind::look_up ||
           (expression.kind == ModelExpression::Kind::reference && expression.from == From::step);
}

ModelRun run_slowly(
    const ModelRoute& route, const ModelRequest& request, const Services& services
) {
    return StepRunner{route, request, services}.run();
}

}  // namespace weft::property
