#include "unit/compose/bench.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

namespace weft::test {

CancelHandle TableSource::start(StepCall&& call, Completion completion) {
    auto made = std::make_shared<Call>(Call{std::move(call), std::move(completion)});
    calls_.push_back(made);
    most_at_once_ = std::max(most_at_once_, running());
    return [made] { made->cancelled = !made->ended; };
}

void TableSource::answer(const std::string& target, std::uint16_t status, std::string body) {
    StepResult result;
    result.status = status;
    result.body = std::move(body);
    end(target, std::move(result));
}

void TableSource::end(const std::string& target, Result<StepResult> result) {
    Call* call = find(target);
    ASSERT_NE(call, nullptr) << "no running call of " << target;
    end(*call, std::move(result));
}

void TableSource::end(Call& call, Result<StepResult> result) {
    call.ended = true;
    // As a real source does, nothing of the call is touched after its end has been told.
    const Completion completion = std::exchange(call.completion, nullptr);
    completion(std::move(result));
}

void TableSource::answer_all(const std::map<std::string, std::string>& bodies) {
    for (std::size_t i = 0; i < calls_.size(); ++i) {
        Call& call = *calls_[i];
        if (call.ended || call.cancelled) continue;
        StepResult result;
        const auto body = bodies.find(call.call.target);
        result.status = body == bodies.end() ? 404 : 200;
        if (body != bodies.end()) result.body = body->second;
        end(call, std::move(result));
    }
}

TableSource::Call* TableSource::find(const std::string& target) {
    for (const auto& call : calls_) {
        if (call->call.target == target && !call->ended && !call->cancelled) return call.get();
    }
    return nullptr;
}

std::vector<std::string> TableSource::targets() const {
    std::vector<std::string> targets;
    for (const auto& call : calls_) targets.push_back(call->call.target);
    return targets;
}

std::size_t TableSource::running() const {
    return static_cast<std::size_t>(std::ranges::count_if(calls_, [](const auto& call) {
        return !call->ended && !call->cancelled;
    }));
}

std::size_t TableSource::cancelled() const {
    return static_cast<std::size_t>(std::ranges::count_if(calls_, [](const auto& call) {
        return call->cancelled;
    }));
}

namespace {

const Plan& plan_called(const Snapshot& snapshot, std::string_view name) {
    for (const Plan& plan : snapshot.plans) {
        if (name.empty() || plan.name == name) return plan;
    }
    throw std::logic_error("no such route");
}

}  // namespace

Bench::Bench(
    std::shared_ptr<const Snapshot> compiled, ClientRequest request, std::string_view route
)
    : snapshot{std::move(compiled)}, request_{std::move(request)} {
    head_.path = "/route";
    head_.query = request_.query;
    head_.fields = request_.fields;
    Composition::Job job;
    job.snapshot = snapshot;
    job.plan = &plan_called(*snapshot, route);
    head_.method = job.plan->method;
    job.inputs.head = &head_;
    for (const auto& [name, value] : request_.path)
        job.inputs.parameters.push_back({name, value, value});
    job.inputs.body = request_.body;
    job.inputs.id = "r-1";
    job.deadline = clock.now() + std::chrono::milliseconds{1000};
    job.record = &record;
    job.ends_earlier = [this](TimePoint when) { ends_earlier = when; };
    composition_ = std::make_unique<Composition>(std::move(job), source, clock);
}

Bench& Bench::start() {
    composition_->start([this](Answer answer) {
        EXPECT_FALSE(answer_.has_value()) << "answered twice";
        answer_ = std::move(answer);
    });
    return *this;
}

Bench& Bench::run(const std::map<std::string, std::string>& bodies) {
    start();
    source.answer_all(bodies);
    return *this;
}

std::string Bench::body() const {
    std::string body;
    for (const std::string_view piece : answer_.value().pieces) body += piece;
    return body;
}

std::vector<OwnedField> Bench::fields() const {
    const Answer& answer = answer_.value();
    auto fields = answer.fields;
    std::istringstream lines{answer.field_lines};
    for (std::string line; std::getline(lines, line);) {
        const std::size_t colon = line.find(": ");
        fields.emplace_back(line.substr(0, colon), line.substr(colon + 2, line.size() - colon - 3));
    }
    return fields;
}

std::string Bench::field(std::string_view name) const {
    for (const OwnedField& field : fields()) {
        if (equal_ignoring_case(field.name(), name)) return field.value();
    }
    return "";
}

std::string Bench::member(const std::string& pointer) const {
    const auto body_json = nlohmann::ordered_json::parse(body());
    const nlohmann::ordered_json::json_pointer at{pointer};
    return body_json.contains(at) ? body_json.at(at).dump() : "absent";
}

}  // namespace weft::test
