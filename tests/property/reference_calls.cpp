#include "property/reference_calls.hpp"

#include "property/reference_status.hpp"
#include "property/reference_text.hpp"

namespace weft::property {

ModelFailure no_answer(const Said& said) {
    if (said.failure == "upstream_timeout") return {said.failure, 504};
    if (said.failure == "upstream_unavailable") return {said.failure, 503};
    return {said.failure, 502};
}

ModelPart Caller::call(const ModelStep& step, const Asked& asked) {
    const Said said = services_(asked);
    return said.failure.empty() ? judge(step, said) : failed(step, no_answer(said));
}

ModelPart Caller::judge(const ModelStep& step, const Said& said) {
    ModelPart part;
    const Fate fate = fate_of(step, said.status);
    if (fate == Fate::failure) {
        part = failed(step, {"upstream_status", client_status(step, said.status), said.status});
    } else if (fate == Fate::success && is_read(step)) {
        const bool is_lost = said.body.empty() && said.announces_json && said.status != 204 &&
                             step.call->method != "HEAD";
        part.value = Json::parse(said.body.empty() ? "null" : said.body, nullptr, false);
        if (is_lost || part.value.is_discarded()) part = failed(step, {"upstream_json", 502});
    }
    if (!part.failure) part.has_value = part.succeeded = true;
    part.status = said.status;
    part.x_h = said.x_h;
    return part;
}

// A body that nobody reads need not be JSON.
bool Caller::is_read(const ModelStep& step) const {
    bool read = false;
    const auto see = [&](const ModelExpression& expression) {
        using Kind = ModelExpression::Kind;
        const bool of_step = expression.kind == Kind::look_up ||
                             (expression.kind == Kind::reference && expression.from == From::step);
        read = read || (of_step && expression.name == step.name);
    };
    for (const ModelStep& reader : route_.steps) {
        visit_outermost(reader, [&](const ModelExpression& outermost) { visit(outermost, see); });
        if (reader.when) visit(*reader.when, see);
    }
    visit(route_.response, see);
    for (const auto& [name, text] : route_.headers) visit(text, see);
    return read;
}

ModelPart Caller::skipped(const ModelStep& step) {
    ModelPart part;
    part.has_value = step.fallback && !step.fallback->is_null();
    if (part.has_value) part.value = *step.fallback;
    return part;
}

ModelPart Caller::failed(const ModelStep& step, ModelFailure failure) {
    if (step.required) problems_.insert(failure.status);
    ModelPart part = skipped(step);
    part.failure = std::move(failure);
    return part;
}

// A fallback is one item's.
ModelPart Caller::failed_list(const ModelStep& step, ModelFailure failure) {
    if (step.required) problems_.insert(failure.status);
    ModelPart part = skipped_list();
    part.failure = std::move(failure);
    return part;
}

}  // namespace weft::property
