// Random compositions against random answers: what Weft composes is what the reference composer
// does, in whatever order the services answer, and whenever the deadline comes it is JSON. Each
// file of routes has a seed: WEFT_PROPERTY_FILES is how many, WEFT_PROPERTY_FIRST the first one.
//
//     script/build release property_compose
//     WEFT_PROPERTY_FILES=440 build/release/bin/property_compose
//
// took 65 s for 110,000 plans (seeds 1 to 440) and found no difference.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <vector>

#include "compose/composition.hpp"
#include "property/generate.hpp"
#include "unit/plan/config_files.hpp"

namespace weft::property {
namespace {

constexpr std::size_t routes_of_a_file = 250;

FailureKind kind_of(const std::string& code) {
    const std::pair<const char*, FailureKind> kinds[] = {
        {"upstream_refused", FailureKind::connection_refused},
        {"upstream_timeout", FailureKind::read_timeout},
        {"upstream_closed", FailureKind::connection_closed},
        {"upstream_protocol", FailureKind::protocol},
        {"upstream_too_large", FailureKind::response_body_too_large},
        {"upstream_unavailable", FailureKind::unavailable},
    };
    const auto found = std::ranges::find(kinds, code, [](const auto& kind) { return kind.first; });
    return found == std::end(kinds) ? FailureKind::internal : found->second;
}

// Ends the calls in random order.
class ShuffledSource final : public Source {
  public:
    ShuffledSource(const Services& services, Dice& dice) : services_{services}, dice_{dice} {}

    CancelHandle start(StepCall&& call, Completion completion) override {
        auto made = std::make_shared<Pending>();
        made->asked.method = to_string(call.method);
        made->asked.target = std::move(call.target);
        made->asked.body = std::move(call.body);
        for (const OwnedField& field : call.headers) {
            made->asked.headers.emplace_back(field.name(), field.value());
        }
        made->completion = std::move(completion);
        pending_.push_back(made);
        return [made] { made->completion = nullptr; };
    }

    // At most so many calls.
    void answer(std::size_t most) {
        for (; most > 0 && !pending_.empty(); --most) {
            const auto at =
                pending_.begin() + static_cast<std::ptrdiff_t>(dice_.below(pending_.size()));
            const auto call = *at;
            pending_.erase(at);
            const Completion completion = std::exchange(call->completion, nullptr);
            if (completion) completion(result_of(call->asked));
        }
    }

  private:
    struct Pending {
        Asked asked;
        Completion completion;
    };

    Result<StepResult> result_of(const Asked& asked) const {
        const Said said = services_(asked);
        if (!said.failure.empty()) return Failure{kind_of(said.failure)};
        StepResult result;
        result.status = static_cast<std::uint16_t>(said.status);
        result.body = said.body;
        if (said.announces_json) result.fields.emplace_back("Content-Type", "application/json");
        if (said.x_h) result.fields.emplace_back("X-H", *said.x_h);
        return result;
    }

    const Services& services_;
    Dice& dice_;
    std::vector<std::shared_ptr<Pending>> pending_;
};

std::string query_of(const ModelRequest& request) {
    std::string query;
    for (const auto& [name, values] : request.query) {
        for (const std::string& value : values) {
            query += (query.empty() ? "" : "&") + name + "=";
            for (const char c : value) query += c == ' ' ? std::string{"%20"} : std::string(1, c);
        }
    }
    return query;
}

struct Got {
    std::uint16_t status = 0;
    std::string body;
    std::map<std::string, std::string> fields;
};

class Weft {
  public:
    Weft(
        const std::shared_ptr<const Snapshot>& snapshot,
        const Plan& plan,
        const ModelRequest& request
    )
        : snapshot_{snapshot}, plan_{plan}, request_{request}, query_{query_of(request)} {
        head_.method = plan.method;
        head_.path = "/r";
        head_.query = query_;
        for (const auto& [name, values] : request.headers) {
            for (const std::string& value : values) head_.fields.push_back({name, value});
        }
    }

    // The deadline comes when `let_answer` has come back.
    Got compose(Source& source, const std::function<void()>& let_answer) const {
        const ManualClock clock;
        Composition::Job job;
        job.snapshot = snapshot_;
        job.plan = &plan_;
        job.inputs.head = &head_;
        job.inputs.parameters.push_back({"id", request_.id, request_.id});
        job.inputs.body = request_.body;
        job.inputs.id = request_.request_id;
        job.deadline = clock.now() + std::chrono::seconds{1};
        Got got;
        Composition composition{std::move(job), source, clock};
        composition.start([&got](const Answer& answer) {
            got.status = answer.status;
            for (const std::string_view piece : answer.pieces) got.body += piece;
            for (const OwnedField& field : answer.fields) got.fields[field.name()] = field.value();
        });
        let_answer();
        composition.expire();
        return got;
    }

  private:
    const std::shared_ptr<const Snapshot>& snapshot_;
    const Plan& plan_;
    const ModelRequest& request_;
    const std::string query_;
    RequestHead head_;
};

std::multiset<ErrorEntry> take_errors(Json& body) {
    std::multiset<ErrorEntry> errors;
    if (!body.is_object() || !body.contains("errors")) return errors;
    for (const Json& entry : body.at("errors")) {
        errors.emplace(
            entry.at("path"),
            entry.at("code"),
            entry.at("status"),
            entry.value("upstream_status", 0)
        );
    }
    body.erase("errors");
    return errors;
}

void expect_same(Got got, const Composed& expected, const ModelRoute& route) {
    Json body = Json::parse(got.body, nullptr, false);
    ASSERT_FALSE(body.is_discarded()) << got.body;
    if (!expected.problems.empty()) {
        EXPECT_TRUE(expected.problems.contains(got.status)) << got.status << ' ' << got.body;
        EXPECT_TRUE(body.contains("code")) << got.body;
        return;
    }
    ASSERT_EQ(got.status, route.status) << got.body;
    EXPECT_EQ(got.fields.contains("Weft-Complete"), !expected.errors.empty()) << got.body;
    EXPECT_EQ(take_errors(body), expected.errors) << got.body;
    EXPECT_EQ(body, expected.body) << got.body;
    for (const auto& [name, text] : route.headers) {
        const auto value = expected.headers.find(name);
        ASSERT_EQ(got.fields.contains(name), value != expected.headers.end()) << name;
        if (value == expected.headers.end()) continue;
        EXPECT_EQ(got.fields[name], value->second) << name;
    }
}

// Of the deadline the reference knows nothing.
void expect_sound(const Got& got, const ModelRoute& route) {
    ASSERT_TRUE(Json::accept(got.body)) << got.body;
    const auto type = got.fields.find("Content-Type");
    const bool is_problem = type != got.fields.end() && type->second == "application/problem+json";
    EXPECT_TRUE(is_problem ? got.status >= 400 : got.status == route.status) << got.body;
}

// How many of the answers were whole, partial and problems: a generator that makes only one of them
// tests nothing.
struct Tally {
    std::size_t whole = 0;
    std::size_t partial = 0;
    std::size_t problems = 0;

    void add(const Composed& composed) {
        if (!composed.problems.empty()) {
            ++problems;
        } else {
            ++(composed.errors.empty() ? whole : partial);
        }
    }
};

void try_route(
    const std::shared_ptr<const Snapshot>& snapshot,
    const Plan& plan,
    const ModelRoute& route,
    Dice& dice,
    Tally& tally
) {
    const ModelRequest request = random_request(dice);
    const Services services = random_services(dice.below(1'000'000));
    const Composed expected = compose_slowly(route, request, services);
    tally.add(expected);
    const Weft weft{snapshot, plan, request};
    ShuffledSource source{services, dice};
    expect_same(weft.compose(source, [&] { source.answer(100'000); }), expected, route);
    ShuffledSource slow{services, dice};
    const std::size_t in_time = dice.below(8);
    expect_sound(weft.compose(slow, [&] { slow.answer(in_time); }), route);
}

void try_routes(std::uint64_t seed, Tally& tally) {
    Dice dice{seed};
    std::vector<ModelRoute> routes;
    std::string yaml;
    for (std::size_t i = 0; i < routes_of_a_file; ++i) {
        routes.push_back(random_route(dice));
        yaml += to_yaml("r" + std::to_string(i), routes.back());
    }
    const std::string gateway =
        "version: 1\nroutes: routes/*.yaml\nlimits: { max_calls: 1000 }\n"
        "upstreams:\n"
        "  open: { url: \"http://127.0.0.1:1\", forward: [Authorization] }\n"
        "  closed: { url: \"http://127.0.0.1:1\" }\n";
    const auto compiled = test::compile_files({{"gateway.yaml", gateway}, {"routes/r.yaml", yaml}});
    ASSERT_TRUE(compiled.snapshot) << compiled.diagnostics;
    for (std::size_t i = 0; i < routes.size(); ++i) {
        SCOPED_TRACE(
            "seed " + std::to_string(seed) + ": " + to_yaml("r" + std::to_string(i), routes[i])
        );
        try_route(compiled.snapshot, compiled.snapshot->plans[i], routes[i], dice, tally);
        if (testing::Test::HasFailure()) return;
    }
}

std::uint64_t number(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::stoull(text);
}

TEST(CompositionProperty, EqualsTheReferenceComposer) {
    const std::uint64_t first = number("WEFT_PROPERTY_FIRST", 1);
    const std::uint64_t files = number("WEFT_PROPERTY_FILES", 20);
    Tally tally;
    for (std::uint64_t seed = first; seed < first + files; ++seed) {
        try_routes(seed, tally);
        if (HasFailure()) return;
    }
    const std::size_t all = tally.whole + tally.partial + tally.problems;
    std::cout << all << " plans, seeds " << first << " to " << first + files - 1 << ": "
              << tally.whole << " whole, " << tally.partial << " partial, " << tally.problems
              << " problems\n";
    EXPECT_GT(tally.whole, all / 20);
    EXPECT_GT(tally.partial, all / 20);
    EXPECT_GT(tally.problems, all / 20);
}

}  // namespace
}  // namespace weft::property
