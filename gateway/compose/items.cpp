#include "compose/items.hpp"

#include <algorithm>
#include <utility>

namespace weft {
namespace {

Value json(const JsonValue& value) { return {ValueKind::json, value, {}, {}}; }

// The values of a plural path in one document. False if the visitor has had enough.
bool visit_document(
    const Reference& list, const JsonValue& root, const Located& located, const ItemVisitor& visit
) {
    if (list.is_whole_document) return visit(json(root));
    for (const JsonValue value : located.at(list.path)) {
        if (!visit(json(value))) return false;
    }
    return true;
}

ListKind visit_results(const Reference& list, const StepRun& step, const ItemVisitor& visit) {
    const bool breaks_off = std::ranges::any_of(step.parts, [&](const Part& part) {
        return part.has_value && !list.is_whole_document && part.located.not_a_list(list.path);
    });
    if (breaks_off) return ListKind::not_a_list;
    for (const std::uint32_t place : step.places) {
        const Part& part = step.parts[place];
        if (part.has_value) {
            if (!visit_document(list, part.value, part.located, visit)) break;
        } else if (list.is_whole_document) {
            if (!visit({ValueKind::unavailable, {}, {}, {}})) break;
        }
    }
    return ListKind::list;
}

struct Document {
    const JsonValue& root;
    const Located& located;
};

ListKind visit_plural(const ForEach& for_each, const Document& document, const ItemVisitor& visit) {
    const Reference& list = *for_each.list.reference();
    if (document.located.not_a_list(list.path)) return ListKind::not_a_list;
    if (for_each.base && document.located.at(*for_each.base).empty()) return ListKind::absent;
    visit_document(list, document.root, document.located, visit);
    return ListKind::list;
}

ListKind visit_texts(std::vector<std::string> texts, const ItemVisitor& visit) {
    for (std::string& text : texts) {
        if (!visit({ValueKind::text, {}, std::move(text), {}})) break;
    }
    return ListKind::list;
}

ListKind visit_array(const JsonValue& value, const ItemVisitor& visit) {
    if (value.type == JsonType::null) return ListKind::list;
    if (value.type != JsonType::array) return ListKind::not_a_list;
    for (const JsonValue& element : JsonElements{value.text}) {
        if (!visit(json(element))) break;
    }
    return ListKind::list;
}

ListKind visit_singular(const ForEach& for_each, const Run& run, const ItemVisitor& visit) {
    Value value = resolve(*for_each.list.reference(), Scope{run, nullptr, nullptr});
    switch (value.kind) {
        case ValueKind::absent:
            return ListKind::absent;
        case ValueKind::unavailable:
            return ListKind::unavailable;
        case ValueKind::json:
            return visit_array(value.json, visit);
        case ValueKind::list:
            return visit_texts(std::move(value.list), visit);
        case ValueKind::text:
            break;
    }
    // A query parameter that could be repeated was given once: a list of one.
    if (for_each.list.reference()->root != Root::request_query) return ListKind::not_a_list;
    visit(std::move(value));
    return ListKind::list;
}

}  // namespace

ListKind visit_items(const ForEach& for_each, const Run& run, const ItemVisitor& visit) {
    const Reference& list = *for_each.list.reference();
    if (is_all_results(list, run)) {
        if (!run.statuses[list.step].has_value) return ListKind::unavailable;
        return visit_results(list, run.steps[list.step], visit);
    }
    if (!list.plural) return visit_singular(for_each, run, visit);
    if (list.root == Root::request_body) {
        if (run.inputs.body.empty()) return ListKind::absent;
        return visit_plural(for_each, {run.request_body.root, run.request_body}, visit);
    }
    const Part* part = part_of(list, run);
    if (part == nullptr) return ListKind::absent;
    if (!part->has_value) return ListKind::unavailable;
    return visit_plural(for_each, {part->value, part->located}, visit);
}

}  // namespace weft
