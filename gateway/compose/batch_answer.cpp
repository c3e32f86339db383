#include "compose/batch_answer.hpp"

#include <utility>

#include "compose/part.hpp"

namespace weft {
namespace {

constexpr std::uint16_t not_found = 404;

// Without a body, which a failure does not need.
StepResult answer_of_status(std::uint16_t status) {
    StepResult result;
    result.status = status;
    return result;
}

}  // namespace

BatchAnswer::BatchAnswer(BatchCall& call, Run& run, Result<StepResult> result)
    : call_{call}, run_{run}, step_{run.steps[call.step]}, plan_{*run.step(call.step).batch} {
    if (!result) {
        failure_ = std::move(result).error();
        return;
    }
    const Step& step = run.step(call.step);
    if (!step.success.has(result->status) || step.null_on.has(result->status)) {
        answer_ = std::move(*result);
        answer_->body.clear();
        return;
    }
    failure_ = hold_bytes(run, result->body.size());
    if (failure_) return;
    call.body = std::move(result->body);
    match_rows();
}

void BatchAnswer::match_rows() {
    Located& located = run_.unread;
    locate(call_.body, plan_.reads, located);
    if (!located.ok()) {
        failure_ = json_failure(located);
        return;
    }
    const bool is_there = !plan_.list || !located.at(*plan_.list).empty();
    if (!is_there || located.not_a_list(plan_.row)) {
        failure_ = Failure{FailureKind::json, "no array where batch.rows points"};
        return;
    }
    rows_.resize(call_.last - call_.first);
    // Both in the order of the document, and each key within its row; a row may have none.
    const LocatedValues rows = located.at(plan_.row);
    auto row = rows.begin();
    for (const JsonValue key : located.at(plan_.key)) {
        while ((*row).text.end() <= key.text.begin()) ++row;
        if (!take_row(*row, key)) return;
    }
}

// False: the item has a row already, and nobody knows which one is right.
bool BatchAnswer::take_row(const JsonValue& row, const JsonValue& key) {
    const std::uint32_t place = step_.items.find(key);
    if (place == ItemIndex::none) return true;
    const std::uint32_t part = step_.places[place];
    const bool asked_for =
        part >= call_.first && part < call_.last && step_.parts[part].state == PartState::running;
    if (!asked_for) return true;
    JsonValue& taken = rows_[part - call_.first];
    if (!taken.text.empty()) {
        failure_ = Failure{FailureKind::json, "two rows for one item"};
        return false;
    }
    taken = row;
    return true;
}

void BatchAnswer::settle(Part& part) {
    if (failure_) {
        fail_call(part, run_, *failure_);
    } else if (answer_) {
        // Only one of the parts can decide what the client gets, and it is the first.
        StepResult same = answer_of_status(answer_->status);
        same.fields = std::exchange(answer_->fields, {});
        weft::settle(part, run_, std::move(same));
    } else {
        const auto index = static_cast<std::size_t>(&part - step_.parts.data()) - call_.first;
        const JsonValue& row = rows_[index];
        if (row.text.empty()) {
            weft::settle(part, run_, answer_of_status(not_found));
        } else {
            settle_row(part, run_, row);
        }
    }
}

}  // namespace weft
