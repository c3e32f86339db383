#include "explain/request_reads.hpp"

#include <algorithm>

#include "explain/certainty.hpp"
#include "explain/references.hpp"

namespace weft {
namespace {

struct Manner {
    bool needed = false;
    bool is_list = false;
};

class Reader {
  public:
    RequestReads read(const ComposePlan& plan, const Snapshot& snapshot) && {
        const std::vector<bool> certain = certain_steps(plan);
        for (std::size_t i = 0; i < plan.steps.size(); ++i) {
            add(plan.steps[i], certain[i]);
            for (const auto& name : snapshot.upstreams[plan.steps[i].upstream].forward) {
                note(reads_.headers, name, {});
            }
        }
        visit_expressions(plan.response, [this](const Expression& each) { add(each, {}); });
        for (const HeaderTemplate& header : plan.response_headers) add(header.value, false);
        return std::move(reads_);
    }

  private:
    // What stands in a loop is not needed where there is nothing to loop over.
    void add(const Step& step, bool is_certain) {
        if (step.for_each) add(step.for_each->list, {is_certain, true});
        add(static_cast<const CallTemplate&>(step), is_certain && !step.for_each);
        if (step.batch) add(static_cast<const CallTemplate&>(*step.batch), false);
        if (step.when) visit_expressions(*step.when, [this](const auto& each) { add(each, {}); });
        for (const std::string& name : step.forward) note(reads_.headers, name, {});
    }

    void add(const CallTemplate& call, bool is_certain) {
        for (const TextTemplate& segment : call.target.segments) add(segment, is_certain);
        for (const QueryParameter& parameter : call.target.query) add(parameter.value, is_certain);
        for (const HeaderTemplate& header : call.headers) add(header.value, is_certain);
        if (call.body) add(*call.body, is_certain);
    }

    // A text with one absent `${...?}` is dropped as a whole, whatever else it reads.
    void add(const TextTemplate& text, bool is_certain) {
        const bool can_be_dropped = std::ranges::any_of(text, [](const TextPiece& piece) {
            const auto* expression = std::get_if<Expression>(&piece);
            return expression != nullptr && expression->optional;
        });
        const Manner manner{.needed = is_certain && !can_be_dropped};
        visit_expressions(text, [&](const Expression& each) { add(each, manner); });
    }

    void add(const BodyNode& node, bool is_certain) {
        if (node.expression) add(*node.expression, {.needed = is_certain});
        add(node.text, is_certain);
        for (const BodyNode& child : node.children) add(child, is_certain);
    }

    void add(const Expression& expression, Manner manner) {
        manner.needed = manner.needed && !expression.optional;
        manner.is_list = manner.is_list || std::holds_alternative<FunctionCall>(expression.form);
        visit_references(expression, [&](const Reference& reference) {
            const Manner here{manner.needed && !reference.optional, manner.is_list};
            if (reference.root == Root::request_query) note(reads_.query, reference.name, here);
            if (reference.root == Root::request_header) note(reads_.headers, reference.name, here);
            if (reference.root == Root::request_body && here.needed) reads_.body_needed = true;
        });
    }

    static void note(std::vector<RequestValue>& values, const std::string& name, Manner manner) {
        auto known = std::ranges::find(values, name, &RequestValue::name);
        if (known == values.end()) known = values.insert(known, RequestValue{.name = name});
        known->needed = known->needed || manner.needed;
        known->is_list = known->is_list || manner.is_list;
    }

    RequestReads reads_;
};

}  // namespace

RequestReads request_reads(const ComposePlan& plan, const Snapshot& snapshot) {
    return Reader{}.read(plan, snapshot);
}

}  // namespace weft
