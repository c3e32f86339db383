#include "unit/plan/print_plan.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>

#include "unit/plan/print_outcome.hpp"

namespace weft::test {
namespace {

std::string print_path(const PathSet& paths, PathId path) {
    std::string printed;
    for (PathNodeId at = paths.end_of(path); at != 0; at = paths.nodes()[at].parent) {
        const PathNode& parent = paths.nodes()[paths.nodes()[at].parent];
        std::string segment = "[*]";
        for (const auto& member : parent.members) {
            if (member.child == at) segment = "." + member.name;
        }
        for (const auto& element : parent.elements) {
            if (element.child == at) segment = "[" + std::to_string(element.index) + "]";
        }
        printed.insert(0, segment);
    }
    return printed;
}

std::string print_paths(const PathSet& paths) {
    std::string printed;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        printed += (i == 0 ? "" : " ") + print_path(paths, static_cast<PathId>(i));
    }
    return printed;
}

class Printer {
  public:
    Printer(const Snapshot& snapshot, const ComposePlan& plan) : snapshot_{snapshot}, plan_{plan} {}

    void compose(std::ostream& out) const {
        for (const Step& step : plan_.steps) print(out, step);
        if (plan_.reads_request_body)
            out << "  body reads " << print_paths(plan_.body_reads) << '\n';
        if (plan_.has_optional_steps) out << "  room for errors\n";
        if (plan_.grace) out << "  grace " << plan_.grace->count() << " ms\n";
        if (plan_.response_status != 200) out << "  status " << plan_.response_status << '\n';
        for (const auto& [name, value] : plan_.response_headers) {
            out << "  " << name << ": " << text(value, nullptr) << '\n';
        }
        out << "  response " << body(plan_.response, nullptr) << '\n';
    }

    std::string expression(const Expression& written, const Step* reader) const {
        if (const Reference* plain = written.reference()) return reference(*plain, "", reader);
        if (const auto* found = std::get_if<LookUp>(&written.form)) {
            return reference(found->result, expression(found->key.front(), reader), reader);
        }
        const auto& call = std::get<FunctionCall>(written.form);
        constexpr const char* functions[] = {"join", "count", "concat", "compact"};
        std::string printed = std::string{functions[static_cast<int>(call.function)]} + "(";
        for (const Expression& argument : call.arguments) {
            if (&argument != &call.arguments.front()) printed += ", ";
            printed += expression(argument, reader);
        }
        if (!call.separator.empty()) printed += ", '" + call.separator + "'";
        return printed + ")";
    }

    // Operators stand before their operands.
    std::string condition(const Condition& written, const Step* reader) const {
        if (written.kind == Operator::literal) return written.literal;
        if (written.kind == Operator::value) return expression(*written.operand, reader);
        constexpr const char* operators[] = {
            "", "", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||", "!"};
        std::string printed = std::string{"("} + operators[static_cast<int>(written.kind)];
        for (const Condition& operand : written.operands) {
            printed += " " + condition(operand, reader);
        }
        return printed + ")";
    }

    // `key` is that of a look-up.
    std::string reference(const Reference& reference, const std::string& key, const Step* reader)
        const {
        std::string path;
        if (!reference.is_whole_document)
            path = print_path(documents(reference, reader), reference.path);
        std::string printed = "<" + root(reference);
        if (!key.empty()) {
            printed += "[" + key + "]";
        } else if (reference.selection == ResultSelection::one) {
            printed += "[" + std::to_string(reference.selected) + "]";
        }
        if (reference.selection == ResultSelection::every) printed += "[*]";
        if (!path.empty()) printed += " " + path;
        if (reference.plural) printed += " plural";
        if (reference.base) {
            printed += ", absent without ";
            printed += print_path(documents(reference, reader), *reference.base);
        }
        return printed + (reference.optional ? "?>" : ">");
    }

    std::string text(const TextTemplate& text, const Step* reader) const {
        std::string printed;
        for (const TextPiece& piece : text) {
            const auto* literal = std::get_if<std::string>(&piece);
            printed +=
                literal != nullptr ? *literal : expression(std::get<Expression>(piece), reader);
        }
        return printed;
    }

    std::string target(const TargetTemplate& target, const Step* reader) const {
        std::string printed;
        for (const TextTemplate& segment : target.segments) printed += "/" + text(segment, reader);
        char separator = '?';
        for (const auto& [name, value] : target.query) {
            printed += separator + name + "=" + text(value, reader);
            separator = '&';
        }
        return printed;
    }

  private:
    const PathSet& documents(const Reference& reference, const Step* reader) const {
        if (reference.root == Root::step) return plan_.steps.at(reference.step).reads;
        if (reference.root == Root::element) return *elements_.at(reference.level);
        return reference.root == Root::item ? reader->item_reads : plan_.body_reads;
    }

    std::string root(const Reference& reference) const {
        switch (reference.root) {
            case Root::step:
                return plan_.steps.at(reference.step).name;
            case Root::item:
                return "item";
            case Root::index:
                return "index";
            case Root::request_path:
                return "path " + reference.name;
            case Root::request_query:
                return "query " + reference.name;
            case Root::request_header:
                return "header " + reference.name;
            case Root::request_body:
                return "body";
            case Root::request_method:
                return "method";
            case Root::request_id:
                return "id";
            case Root::step_status:
                return "status of " + plan_.steps.at(reference.step).name;
            case Root::step_header:
                return reference.name + " of " + plan_.steps.at(reference.step).name;
            case Root::step_ok:
                return "end of " + plan_.steps.at(reference.step).name;
            case Root::items:
                return "items";
            case Root::element:
                return "element " + std::to_string(reference.level);
        }
        return "";
    }

    void print(std::ostream& out, const Step& step) const {
        out << "  " << step.name << ": " << to_string(step.method) << ' '
            << snapshot_.upstreams.at(step.upstream).name << ' ' << target(step.target, &step)
            << '\n';
        out << "    " << step.timeout.count() << " ms, "
            << (step.required ? "required" : "optional");
        if (step.has_fallback) out << ", fallback " << step.fallback;
        for (const StepIndex feeder : step.feeds) {
            const bool needed = std::ranges::find(step.needs, feeder) != step.needs.end();
            out << (needed ? ", fed by " : ", fed if it can by ") << plan_.steps.at(feeder).name;
        }
        for (const StepIndex other : step.waits)
            out << ", waits for " << plan_.steps.at(other).name;
        if (step.fed_only_by_request) out << ", fed by the request";
        out << '\n';
        for (const auto& [name, value] : step.headers) {
            out << "    " << name << ": " << text(value, &step) << '\n';
        }
        if (step.body) out << "    body " << body(*step.body, &step) << '\n';
        if (step.for_each) print(out, step, *step.for_each);
        if (step.batch) print(out, step, *step.batch);
        if (step.when) {
            out << "    when " << condition(*step.when, &step);
            for (const StepIndex other : step.decided_by) {
                out << ", decided by " << plan_.steps.at(other).name;
            }
            out << '\n';
        }
        if (step.item_reads.size() > 0)
            out << "    of items " << print_paths(step.item_reads) << '\n';
        if (step.reads.size() > 0) out << "    is read at " << print_paths(step.reads) << '\n';
        if (!step.body_used) out << "    is not read\n";
        out << print_outcome(step);
        for (const std::string& header : step.headers_read) out << "    keeps " << header << '\n';
        if (step.looked_up) out << "    is looked up by item\n";
    }

    void print(std::ostream& out, const Step& step, const ForEach& for_each) const {
        out << "    for each of " << expression(for_each.list, &step) << ", at most "
            << for_each.max_items << ", " << for_each.max_concurrency << " at once\n";
    }

    void print(std::ostream& out, const Step& step, const BatchPlan& batch) const {
        out << "    batch: " << to_string(batch.method) << ' ' << target(batch.target, &step)
            << ", at most " << batch.max_size << " items\n";
        for (const auto& [name, value] : batch.headers) {
            out << "      " << name << ": " << text(value, &step) << '\n';
        }
        if (batch.body) out << "      body " << body(*batch.body, &step) << '\n';
        out << "      rows " << print_path(batch.reads, batch.row) << ", matched by "
            << print_path(batch.reads, batch.key);
        if (batch.list) out << ", wrong without " << print_path(batch.reads, *batch.list);
        out << '\n';
    }

    std::string each(const BodyNode& node) const {
        std::string printed = "each of " + expression(node.each->list, nullptr);
        if (node.each->droppable) printed += "?";
        elements_.push_back(&node.each->reads);
        printed += ": " + body(node.children.front(), nullptr);
        elements_.pop_back();
        return "(" + printed + ")";
    }

    std::string body(const BodyNode& node, const Step* reader) const {
        if (node.kind == BodyKind::literal) return "`" + node.literal + "`";
        if (node.kind == BodyKind::expression) return expression(*node.expression, reader);
        if (node.kind == BodyKind::text) return "'" + text(node.text, reader) + "'";
        if (node.kind == BodyKind::each) return each(node);
        const bool is_object = node.kind == BodyKind::object;
        std::string printed{is_object ? "{" : "["};
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            if (i > 0) printed += ", ";
            if (is_object) printed += node.names.at(i) + " (/" + node.tokens.at(i) + "): ";
            printed += body(node.children[i], reader);
        }
        return printed + (is_object ? "}" : "]");
    }

    const Snapshot& snapshot_;
    const ComposePlan& plan_;
    mutable std::vector<const PathSet*> elements_;  // of the `$each` around
};

void print(std::ostream& out, const Snapshot& snapshot, const Plan& plan) {
    out << plan.name << ": " << to_string(plan.method) << ", " << plan.timeout.count()
        << " ms, body <= " << plan.body_limit << '\n';
    if (const auto* compose = std::get_if<ComposePlan>(&plan.work)) {
        return Printer{snapshot, *compose}.compose(out);
    }
    const auto& proxy = std::get<ProxyPlan>(plan.work);
    const ComposePlan none;
    out << "  proxy " << snapshot.upstreams.at(proxy.upstream).name << ' '
        << Printer{snapshot, none}.target(proxy.target, nullptr);
    if (proxy.rest) out << "/ and the rest, " << *proxy.rest;
    out << '\n';
}

}  // namespace

std::string print_plans(const Snapshot& snapshot) {
    std::ostringstream out;
    for (const Plan& plan : snapshot.plans) print(out, snapshot, plan);
    return std::move(out).str();
}

}  // namespace weft::test
