#include "property/reference_loop.hpp"

#include <algorithm>
#include <map>

#include "property/reference_batch.hpp"

namespace weft::property {
namespace {

ModelResult as_whole(ModelPart part) {
    ModelResult result;
    result.whole = std::move(part);
    return result;
}

// Items that end alike share a part.
class Loop {
  public:
    Loop(const ModelStep& step, const ModelList& list, const ModelScope& scope, Caller& caller)
        : step_{step}, list_{list}, scope_{scope}, caller_{caller} {}

    // All are rendered before the first is called.
    ModelResult run() {
        std::vector<Rendering> renderings;
        std::set<Asked> calls;
        for (std::size_t i = 0; i < list_.items.size(); ++i) {
            renderings.push_back(render_item(i));
            const Rendering& rendering = renderings.back();
            const auto* failure = std::get_if<ModelFailure>(&rendering);
            if (failure != nullptr && step_.required) {
                return as_whole(caller_.failed_list(step_, *failure));
            }
            if (const auto* asked = std::get_if<Asked>(&rendering)) calls.insert(*asked);
            if (calls.size() > step_.max_items) return too_many();
        }
        ModelResult result;
        result.is_list = true;
        std::map<std::string, std::size_t> known;
        for (std::size_t i = 0; i < renderings.size(); ++i) {
            const ModelValue& item = list_.items[i];
            const auto text = item.is_json() ? text_of(item.json) : std::nullopt;
            result.texts.push_back(text.value_or("\n"));
            const auto [at, is_new] = known.emplace(key_of(renderings[i]), result.parts.size());
            if (is_new) result.parts.push_back(end(renderings[i]));
            result.places.push_back(at->second);
        }
        return result;
    }

    ModelResult run_batch() {
        ModelResult result;
        result.is_list = true;
        std::vector<Wanted> wanted;
        std::map<std::string, std::size_t> known;
        for (std::size_t i = 0; i < list_.items.size(); ++i) {
            const ModelValue& item = list_.items[i];
            const auto text = item.is_json() ? text_of(item.json) : std::nullopt;
            const Rendering alike = why_not_wanted(item);
            const auto* failure = std::get_if<ModelFailure>(&alike);
            if (failure != nullptr && step_.required) {
                return as_whole(caller_.failed_list(step_, *failure));
            }
            const auto [at, is_new] =
                known.emplace(text ? "=" + *text : key_of(alike), result.parts.size());
            result.texts.push_back(text.value_or("\n"));
            result.places.push_back(at->second);
            if (!is_new) continue;
            if (text && wanted.size() == step_.max_items) return too_many();
            if (text) wanted.push_back({at->second, i, item});
            result.parts.push_back(text ? ModelPart{} : end(alike));
        }
        BatchCalls calls{step_, scope_, caller_};
        if (auto failure = calls.run(wanted, result)) {
            return as_whole(caller_.failed_list(step_, *failure));
        }
        return result;
    }

  private:
    Rendering render_item(std::size_t index) const {
        const ModelValue& item = list_.items[index];
        if (item.kind == ModelValue::Kind::unavailable) return Skip{};
        ModelScope scope = scope_;
        scope.item = &item;
        scope.index = index;
        return render(step_, *step_.call, scope);
    }

    // Of an item that has no text.
    Rendering why_not_wanted(const ModelValue& item) const {
        if (item.kind == ModelValue::Kind::unavailable) return Skip{};
        if (item.is_missing()) return ModelFailure{"missing_input", blame(*step_.for_each, step_)};
        if (text_of(item.json)) return Asked{};
        return ModelFailure{"invalid_value", blame(*step_.for_each, step_)};
    }

    static std::string key_of(const Rendering& rendering) {
        if (const auto* failure = std::get_if<ModelFailure>(&rendering)) {
            return failure->code + std::to_string(failure->status);
        }
        const auto* asked = std::get_if<Asked>(&rendering);
        if (asked == nullptr) return "skipped";
        std::string key = asked->method + " " + asked->target + "\n" + asked->body;
        for (const auto& [name, value] : asked->headers) key += "\n" + name + ": " + value;
        return key;
    }

    ModelPart end(const Rendering& rendering) {
        if (const auto* asked = std::get_if<Asked>(&rendering)) return caller_.call(step_, *asked);
        const auto* failure = std::get_if<ModelFailure>(&rendering);
        return failure != nullptr ? caller_.failed(step_, *failure) : Caller::skipped(step_);
    }

    ModelResult too_many() {
        return as_whole(
            caller_.failed_list(step_, {"too_many_items", blame(*step_.for_each, step_)})
        );
    }

    const ModelStep& step_;
    const ModelList& list_;
    const ModelScope& scope_;
    Caller& caller_;
};

}  // namespace

ModelResult run_items(
    const ModelStep& step, const ModelList& list, const ModelScope& scope, Caller& caller
) {
    Loop loop{step, list, scope, caller};
    return step.batch ? loop.run_batch() : loop.run();
}

}  // namespace weft::property
