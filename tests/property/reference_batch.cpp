#include "property/reference_batch.hpp"

#include <algorithm>
#include <iterator>

#include "property/reference_paths.hpp"
#include "property/reference_status.hpp"

namespace weft::property {
namespace {

ModelPath members(const std::string& dots) {
    ModelPath path;
    for (std::size_t begin = 0; begin < dots.size();) {
        const std::size_t end = std::min(dots.find('.', begin), dots.size());
        path.emplace_back(dots.substr(begin, end - begin));
        begin = end + 1;
    }
    return path;
}

std::optional<Json> one_at(const Json& root, const std::string& dots) {
    Found found;
    find(root, members(dots), found);
    return found.values.empty() ? std::nullopt : std::optional{found.values.front()};
}

}  // namespace

std::optional<ModelFailure> BatchCalls::run(std::vector<Wanted> wanted, ModelResult& result) {
    if (wanted.size() == 1 && step_.call) return run_alone(wanted.front(), result);
    Call askable;
    for (const Wanted& each : wanted) {
        const Rendering alone = render_batch({each});
        if (std::holds_alternative<Asked>(alone)) {
            askable.push_back(each);
        } else if (auto failure = end_refused(each, alone, result)) {
            return failure;
        }
    }
    std::vector<Call> calls;
    for (const Wanted& each : askable) {
        Call fuller = calls.empty() ? Call{} : calls.back();
        fuller.push_back(each);
        const bool fits = !calls.empty() && fuller.size() <= step_.batch->max_size &&
                          std::holds_alternative<Asked>(render_batch(fuller));
        if (fits) calls.back() = fuller;
        if (!fits) calls.push_back({each});
    }
    for (const Call& call : calls) make(call, result);
    return std::nullopt;
}

std::optional<ModelFailure> BatchCalls::run_alone(const Wanted& wanted, ModelResult& result) {
    ModelScope scope = scope_;
    scope.item = &wanted.item;
    scope.index = wanted.index;
    const Rendering rendering = render(step_, *step_.call, scope);
    const auto* asked = std::get_if<Asked>(&rendering);
    if (asked == nullptr) return end_refused(wanted, rendering, result);
    result.parts[wanted.part] = caller_.call(step_, *asked);
    return std::nullopt;
}

Rendering BatchCalls::render_batch(const Call& wanted) const {
    std::vector<ModelValue> items;
    for (const Wanted& each : wanted) items.push_back(each.item);
    ModelScope scope = scope_;
    scope.items = &items;
    Rendering rendering = render(step_, step_.batch->call, scope);
    const auto* asked = std::get_if<Asked>(&rendering);
    if (asked == nullptr || asked->target.size() <= 8192) return rendering;
    return ModelFailure{"invalid_value", blame(*step_.for_each, step_)};
}

std::optional<ModelFailure> BatchCalls::end_refused(
    const Wanted& wanted, const Rendering& why, ModelResult& result
) {
    const auto* failure = std::get_if<ModelFailure>(&why);
    if (failure != nullptr && step_.required) return *failure;
    ModelPart& part = result.parts[wanted.part];
    part = failure != nullptr ? caller_.failed(step_, *failure) : Caller::skipped(step_);
    return std::nullopt;
}

void BatchCalls::make(const Call& call, ModelResult& result) {
    const Rendering rendering = render_batch(call);
    const Said said = caller_.ask(std::get<Asked>(rendering));
    const auto end_all = [&](const auto& end) {
        for (const Wanted& each : call) result.parts[each.part] = end();
    };
    if (!said.failure.empty()) {
        return end_all([&] { return caller_.failed(step_, no_answer(said)); });
    }
    if (fate_of(step_, said.status) != Fate::success) {
        return end_all([&] { return caller_.judge(step_, said); });
    }
    const Json body = Json::parse(said.body, nullptr, false);
    const auto rows = body.is_discarded() ? std::nullopt : one_at(body, step_.batch->rows);
    if (!rows || !rows->is_array() || has_two_rows(call, *rows)) {
        return end_all([&] { return caller_.failed(step_, {"upstream_json", 502}); });
    }
    match(call, *rows, result);
}

void BatchCalls::match(const Call& call, const Json& rows, ModelResult& result) {
    for (const Wanted& each : call) {
        const std::vector<Json> found = rows_of(each, rows);
        ModelPart& part = result.parts[each.part];
        if (found.empty()) {
            Said missing;
            missing.status = 404;
            part = caller_.judge(step_, missing);
        } else {
            part.value = found.front();
            part.has_value = part.succeeded = true;
        }
    }
}

bool BatchCalls::has_two_rows(const Call& call, const Json& rows) const {
    return std::ranges::any_of(call, [&](const Wanted& each) {
        return rows_of(each, rows).size() > 1;
    });
}

std::vector<Json> BatchCalls::rows_of(const Wanted& wanted, const Json& rows) const {
    std::vector<Json> found;
    std::ranges::copy_if(rows, std::back_inserter(found), [&](const Json& row) {
        const auto key = one_at(row, step_.batch->match);
        return key && text_of(*key) && text_of(*key) == text_of(wanted.item.json);
    });
    return found;
}

}  // namespace weft::property
