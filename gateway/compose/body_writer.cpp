#include "compose/body_writer.hpp"

#include <algorithm>
#include <utility>

#include "compose/losses.hpp"
#include "compose/pointer_step.hpp"
#include "compose/shown.hpp"
#include "compose/text.hpp"
#include "json/shape_writer.hpp"
#include "json/text.hpp"

namespace weft {
namespace {

// For each byte that an answer may have: what may be read in the loops that write it.
constexpr std::uint64_t most_effort = 4;

std::size_t expected_size(const Run& run) {
    std::size_t size = 256;
    const auto add = [&size](const Part& part) {
        if (part.value.text.size() < Pieces::large) size += part.value.text.size() + 1;
    };
    for (const StepRun& step : run.steps) {
        add(step.whole);
        std::ranges::for_each(step.parts, add);
    }
    return size;
}

}  // namespace

BodyWriter::BodyWriter(Run& run)
    : run_{run},
      is_complete_{is_complete(run)},
      pieces_{run.answer, run.snapshot->limits.max_answer},
      errors_{run.snapshot->limits.max_answer},
      effort_{most_effort * run.snapshot->limits.max_answer} {
    scope_.view = View::sent;
    run.answer.reserve(expected_size(run));
}

Result<std::vector<std::string_view>> BodyWriter::write() {
    write_root(run_.compose->response);
    if (failure_) return std::move(*failure_);
    if (effort_.is_spent()) {
        return Failure{FailureKind::response_invalid, "its $each loops read too much"};
    }
    if (stopped()) return Failure{FailureKind::response_invalid, "larger than limits.max_answer"};
    return pieces_.take();
}

void BodyWriter::write_root(const BodyNode& root) {
    if (root.kind == BodyKind::object) {
        pieces_.append("{");
        const std::size_t members = write_members(root);
        note_losses_without_place();
        write_errors(members);
        pieces_.append("}");
    } else if (write_node(root) == Written::dropped) {
        pieces_.append("null");
    }
}

void BodyWriter::write_errors(std::size_t members_before) {
    if (errors_.empty() || errors_.over_limit()) return;
    pieces_.append(members_before > 0 ? R"(,"errors":[)" : R"("errors":[)");
    pieces_.append_copy(errors_.entries());
    pieces_.append("]");
}

BodyWriter::Written BodyWriter::write_node(const BodyNode& node) {
    switch (node.kind) {
        case BodyKind::literal:
            pieces_.append(node.literal);
            return Written::yes;
        case BodyKind::expression:
            return write_expression(*node.expression);
        case BodyKind::text:
            return write_text(node.text);
        case BodyKind::object:
            return write_object(node);
        case BodyKind::array:
            return write_array(node);
        case BodyKind::each:
            return write_each(node);
    }
    return Written::dropped;
}

BodyWriter::Written BodyWriter::write_object(const BodyNode& node) {
    pieces_.append("{");
    write_members(node);
    pieces_.append("}");
    return Written::yes;
}

std::size_t BodyWriter::write_members(const BodyNode& node) {
    std::size_t members = 0;
    for (std::size_t i = 0; i < node.children.size() && !stopped(); ++i) {
        const PointerStep step{pointer_, node.tokens[i]};
        const Pieces::Mark before = pieces_.mark();
        if (members > 0) pieces_.append(",");
        pieces_.append(node.names[i]);
        pieces_.append(":");
        if (write_node(node.children[i]) == Written::dropped) {
            pieces_.rewind(before);
        } else {
            ++members;
        }
    }
    return members;
}

BodyWriter::Written BodyWriter::write_expression(const Expression& expression) {
    note_losses(expression);
    const Value value = resolve(expression, scope_);
    const bool has_none = value.kind == ValueKind::unavailable || value.is_missing();
    if (has_none && expression.optional) return Written::dropped;
    return write_value(expression, value);
}

BodyWriter::Written BodyWriter::write_value(const Expression& expression, const Value& value) {
    if (value.kind == ValueKind::list) return write_list(expression);
    if (value.kind == ValueKind::refused) {
        fail(expression, value.why);
    } else {
        write_element(value);
    }
    return Written::yes;
}

// Not a list.
void BodyWriter::write_element(const Value& element) {
    switch (element.kind) {
        case ValueKind::json:
            return write_json(element);
        case ValueKind::text:
            return write_string(element.text);
        case ValueKind::number:
            return pieces_.append_copy(element.text);
        default:
            return pieces_.append("null");
    }
}

BodyWriter::Written BodyWriter::write_list(const Expression& list) {
    const Reference* reference = list.reference();
    if (reference != nullptr && reference->root == Root::step) {
        write_all_results(run_.steps[reference->step]);
        return Written::yes;
    }
    const Pieces::Mark before = pieces_.mark();
    bool is_first = true;
    const auto write = [&](const Value& element) {
        pieces_.append(is_first ? "[" : ",");
        is_first = false;
        write_element(element);
        return !stopped();
    };
    const ListEnd end = visit_items(list, scope_, write);
    if (end.kind == ListKind::list) {
        pieces_.append(is_first ? "[]" : "]");
        return Written::yes;
    }
    pieces_.rewind(before);
    return write_value(list, value_of(end));
}

void BodyWriter::write_all_results(const StepRun& step) {
    const Shape& shape = run_.step(step.whole.step).shape;
    const ShapePlace whole{&shape, shape.root()};
    pieces_.append("[");
    for (std::size_t i = 0; i < step.places.size() && !stopped(); ++i) {
        const Part& part = step.parts[step.places[i]];
        if (part.failure) {
            const PointerStep place{pointer_, std::to_string(i)};
            note_failure(part);
        }
        if (i > 0) pieces_.append(",");
        if (whole.at == shape_everything) {
            pieces_.append(part.value.text);
        } else {
            write_json(shown(Value::of(part.value), whole));
        }
    }
    pieces_.append("]");
}

// An absent value is one of which nothing may be shown.
void BodyWriter::write_json(const Value& value) {
    if (value.kind != ValueKind::json) return pieces_.append("null");
    if (value.place.at == shape_everything) return pieces_.append(value.json.text);
    const auto append = [this](std::string_view part) { pieces_.append(part); };
    write_shaped(value.json.text, *value.place.shape, value.place.at, append);
}

void BodyWriter::write_string(std::string_view text) {
    std::string json;
    append_json_string(json, text);
    pieces_.append_copy(json);
}

BodyWriter::Written BodyWriter::write_text(const TextTemplate& text) {
    note_losses(text);
    std::string json{'"'};
    const TextOutcome outcome = render_text(text, scope_, InJsonString{json});
    switch (outcome.end) {
        case TextEnd::complete:
            json += '"';
            pieces_.append_copy(json);
            return Written::yes;
        case TextEnd::dropped:
            return Written::dropped;
        case TextEnd::missing:
        case TextEnd::unavailable:
            pieces_.append("null");
            return Written::yes;
        case TextEnd::unusable:
            fail(*outcome.by, outcome.why);
            return Written::yes;
    }
    return Written::dropped;
}

void BodyWriter::fail(const Expression& expression, FailureKind why) {
    std::string_view what = "} cannot stand in text";
    if (why == FailureKind::not_a_list) what = "} is not made of lists";
    if (why == FailureKind::json) what = "} has a member twice that is read";
    failure_ = Failure{FailureKind::response_invalid, "${" + expression.text + std::string{what}};
}

void BodyWriter::note_losses(const Expression& expression) {
    if (is_complete_) return;
    std::vector<const Part*> lost;
    collect_losses(expression, scope_, lost);
    for (const Part* part : lost) note_failure(*part);
}

// One entry for each failure, however often the text names it.
void BodyWriter::note_losses(const TextTemplate& text) {
    if (is_complete_) return;
    std::vector<const Part*> lost;
    for (const TextPiece& piece : text) {
        const auto* expression = std::get_if<Expression>(&piece);
        if (expression != nullptr) collect_losses(*expression, scope_, lost);
    }
    for (const Part* part : lost) note_failure(*part);
}

void BodyWriter::note_failure(const Part& part) {
    placed_.insert(&part);
    noted_.push_back(&part);
    errors_.add(pointer_, part, run_);
}

void BodyWriter::note_losses_without_place() {
    if (is_complete_) return;
    const auto note = [this](const Part& part) {
        if (part.failure && !placed_.contains(&part)) note_failure(part);
    };
    for (const StepRun& step : run_.steps) {
        note(step.whole);
        std::ranges::for_each(step.parts, note);
    }
}

}  // namespace weft
