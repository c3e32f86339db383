#include "compose/losses.hpp"

#include <algorithm>

namespace weft {
namespace {

void add(const Part& part, std::vector<const Part*>& lost) {
    if (!part.failure || std::ranges::find(lost, &part) != lost.end()) return;
    lost.push_back(&part);
}

void add_reference(const Reference& reference, const Scope& scope, std::vector<const Part*>& lost) {
    if (reference.root == Root::element) {
        const Part* result = scope.elements[reference.level].value.result;
        if (result != nullptr) add(*result, lost);
    }
    if (reference.root != Root::step) return;
    add(scope.run.steps[reference.step].whole, lost);
    if (const Part* part = part_of(reference, scope.run)) add(*part, lost);
    // Of what stands in each result the failed ones leave nothing that could have a place.
    if (is_all_results(reference, scope.run) && !reference.is_whole_document) {
        for (const Part& part : scope.run.steps[reference.step].parts) add(part, lost);
    }
}

void add_look_up(const LookUp& asked, const Scope& scope, std::vector<const Part*>& lost) {
    collect_losses(asked.key.front(), scope, lost);
    const Found found = find_result(asked, scope);
    if (found.part != nullptr) add(*found.part, lost);
}

// An argument of a function, whose place is that of all it reads.
void add_argument(const Expression& argument, const Scope& scope, std::vector<const Part*>& lost) {
    collect_losses(argument, scope, lost);
    const Reference* reference = argument.reference();
    if (reference == nullptr || !is_all_results(*reference, scope.run)) return;
    for (const Part& part : scope.run.steps[reference->step].parts) add(part, lost);
}

}  // namespace

void collect_losses(
    const Expression& expression, const Scope& scope, std::vector<const Part*>& lost
) {
    if (const Reference* reference = expression.reference()) {
        add_reference(*reference, scope, lost);
    } else if (const auto* call = std::get_if<FunctionCall>(&expression.form)) {
        for (const Expression& argument : call->arguments) add_argument(argument, scope, lost);
    } else {
        add_look_up(std::get<LookUp>(expression.form), scope, lost);
    }
}

}  // namespace weft
