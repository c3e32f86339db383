#include "compose/part.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace weft {
namespace {

constexpr std::string_view null_text = "null";

Located& members_of(Part& part) {
    if (!part.members) part.members = std::make_unique<Located>();
    return *part.members;
}

// Of a list as a whole a fallback cannot take the place: it is that of an item.
bool stands_for_list(const Part& part, const Run& run) {
    return run.step(part.step).for_each && &part == &run.steps[part.step].whole;
}

void fall_back(Part& part, const Run& run) {
    const Step& step = run.step(part.step);
    part.body = {};
    part.value = {JsonType::null, null_text};
    if (!step.has_fallback || step.fallback == null_text || stands_for_list(part, run)) return;
    Located& located = members_of(part);
    locate(step.fallback, step.reads, located);
    if (!located.ok()) return;
    part.value = located.root;
    part.has_value = true;
}

std::string_view reason(JsonError error) noexcept {
    switch (error) {
        case JsonError::none:
            return "";
        case JsonError::syntax:
            return "not JSON";
        case JsonError::utf8:
            return "not UTF-8";
        case JsonError::too_deep:
            return "nested too deeply";
        case JsonError::duplicate_key:
            return "a member that is read stands there twice";
    }
    return "";
}

void succeed(Part& part, const JsonValue& value) {
    part.value = value;
    part.has_value = true;
    part.state = PartState::succeeded;
}

void read(Part& part, Run& run) {
    const PathSet& paths = run.step(part.step).reads;
    const std::string_view text = part.body.empty() ? null_text : std::string_view{part.body};
    Located& located = reads_members(paths) ? members_of(part) : run.unread;
    locate(text, paths, located);
    if (!located.ok()) return fail_call(part, run, json_failure(located));
    succeed(part, located.root);
}

// Only what `steps.X.header` names: a hundred fields for each of a hundred items is a lot of
// memory.
void keep_fields(Part& part, const Run& run, std::vector<OwnedField>& fields) {
    const auto& names = run.step(part.step).headers_read;
    if (names.empty()) return;
    const auto is_read = [&names](const OwnedField& field) {
        return std::ranges::any_of(names, [&field](const std::string& name) {
            return equal_ignoring_case(field.name(), name);
        });
    };
    std::ranges::copy_if(fields, std::back_inserter(part.fields), is_read);
}

// A service that announces JSON and sends nothing has lost it; one that announces nothing has none.
bool lacks_json(const StepResult& result, const Step& step) {
    static constexpr std::string_view json = "application/json";
    constexpr std::uint16_t no_content = 204;
    if (!result.body.empty() || result.status == no_content) return false;
    const auto announces = [](const OwnedField& field) {
        const auto type = std::string_view{field.value()}.substr(0, json.size());
        return equal_ignoring_case(field.name(), "Content-Type") && equal_ignoring_case(type, json);
    };
    return step.method != Method::head && std::ranges::any_of(result.fields, announces);
}

}  // namespace

void settle(Part& part, Run& run, Result<StepResult>&& result) {
    if (!result) {
        fail_call(part, run, std::move(result).error());
        return;
    }
    const Step& step = run.step(part.step);
    part.status = result->status;
    if (step.null_on.has(result->status)) {
        keep_fields(part, run, result->fields);
        succeed(part, part.value);
        return;
    }
    if (!step.success.has(result->status)) {
        part.fields = std::move(result->fields);
        fail_call(
            part, run, Failure{FailureKind::upstream_status}.with_upstream_status(result->status)
        );
        return;
    }
    keep_fields(part, run, result->fields);
    if (!step.body_used) {
        succeed(part, part.value);
        return;
    }
    if (lacks_json(*result, step)) {
        return fail_call(part, run, Failure{FailureKind::json, "nothing where JSON was announced"});
    }
    if (auto too_large = hold_bytes(run, result->body.size())) {
        fail_call(part, run, std::move(*too_large));
        return;
    }
    part.body = std::move(result->body);
    read(part, run);
}

void settle_row(Part& part, Run& run, const JsonValue& row) {
    const PathSet& paths = run.step(part.step).reads;
    if (!reads_members(paths)) return succeed(part, row);
    Located& located = members_of(part);
    locate(row.text, paths, located);
    if (!located.ok()) return fail_call(part, run, json_failure(located));
    succeed(part, located.root);
}

std::optional<Failure> hold_bytes(Run& run, std::size_t size) {
    if (size > run.snapshot->limits.max_answer - run.held) {
        return Failure{FailureKind::response_body_too_large, "with what the run already holds"};
    }
    run.held += size;
    return std::nullopt;
}

Failure json_failure(const Located& located) {
    std::string detail{reason(located.error)};
    detail += " at byte " + std::to_string(located.error_offset);
    return Failure{FailureKind::json, std::move(detail)};
}

void fail_call(Part& part, const Run& run, Failure failure) {
    failure.at_upstream(run.upstream_of(part.step).name);
    fail(part, run, std::move(failure));
}

void fail(Part& part, const Run& run, Failure failure) {
    part.failure = std::move(failure.at_step(run.step(part.step).name));
    part.state = PartState::failed;
    fall_back(part, run);
}

void skip(Part& part, const Run& run) {
    part.state = PartState::skipped;
    fall_back(part, run);
}

}  // namespace weft
