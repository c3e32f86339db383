#include "unit/plan/print_outcome.hpp"

namespace weft::test {
namespace {

std::string print_statuses(const StatusSet& set) {
    std::string printed;
    for (std::uint16_t status = 100; status < 600; ++status) {
        if (!set.has(status)) continue;
        std::uint16_t last = status;
        while (last < 599 && set.has(static_cast<std::uint16_t>(last + 1))) ++last;
        printed += " " + std::to_string(status);
        if (last > status) printed += "-" + std::to_string(last);
        status = last;
    }
    return printed;
}

std::string print_place(const Shape& shape, ShapeNodeId place) {
    if (place == shape_everything) return "";
    if (place == shape_nothing) return " out";
    const ShapeNode& node = shape.node(place);
    std::string printed = " {";
    for (const ShapeNode::Member& member : node.members()) {
        printed += " " + member.name + print_place(shape, member.child);
        if (!member.renamed_to.empty()) printed += " as " + member.renamed_to;
        if (member.replaced_by != ShapeNode::by_none) {
            printed += " unless " + node.members()[member.replaced_by].name;
        }
        printed += ",";
    }
    return printed + (node.rest() == shape_nothing ? " no more }" : " the rest }");
}

}  // namespace

std::string print_outcome(const Step& step) {
    std::string printed;
    if (!step.forward.empty()) {
        printed += "    forwards";
        for (const std::string& name : step.forward) printed += " " + name;
        printed += "\n";
    }
    if (step.success != StatusSet::of_class(2)) {
        printed += "    succeeds with" + print_statuses(step.success) + "\n";
    }
    if (!step.null_on.empty()) printed += "    null on" + print_statuses(step.null_on) + "\n";
    for (const StatusRule& rule : step.on_status) {
        printed += "    on" + print_statuses(rule.from) + " -> " + std::to_string(rule.to) + "\n";
    }
    if (!step.shape.empty()) {
        printed += "    sends" + print_place(step.shape, step.shape.root()) + "\n";
    }
    return printed;
}

}  // namespace weft::test
