// Random compositions against random answers: what Weft composes is what the reference composer
// does, in whatever order the services answer.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "compose/composition.hpp"
#include "property/generate.hpp"
#include "unit/plan/config_files.hpp"

namespace weft::property {
namespace {

constexpr std::size_t routes_of_a_file = 250;

// Ends the calls in random order.
class ShuffledSource final : public Source {
  public:
    ShuffledSource(const Services& services, Dice& dice) : services_{services}, dice_{dice} {}

    CancelHandle start(StepCall&& call, Completion completion) override {
        auto made =
            std::make_shared<Pending>(Pending{std::move(call.target), std::move(completion)});
        pending_.push_back(made);
        return [made] { made->completion = nullptr; };
    }

    void answer_all() {
        while (!pending_.empty()) {
            const auto at =
                pending_.begin() + static_cast<std::ptrdiff_t>(dice_.below(pending_.size()));
            const auto call = *at;
            pending_.erase(at);
            const Completion completion = std::exchange(call->completion, nullptr);
            if (completion) completion(result_of(call->target));
        }
    }

  private:
    struct Pending {
        std::string target;
        Completion completion;
    };

    Result<StepResult> result_of(const std::string& target) const {
        const Said said = services_(target);
        if (said.status == 0) return Failure{FailureKind::connection_refused};
        StepResult result;
        result.status = static_cast<std::uint16_t>(said.status);
        result.body = said.body;
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
    bool is_partial = false;
};

Got compose(
    const std::shared_ptr<const Snapshot>& snapshot,
    const Plan& plan,
    const ModelRequest& request,
    ShuffledSource& source
) {
    RequestHead head;
    head.path = "/r";
    const std::string query = query_of(request);
    head.query = query;
    const ManualClock clock;
    Composition::Job job;
    job.snapshot = snapshot;
    job.plan = &plan;
    job.inputs.head = &head;
    job.inputs.parameters.push_back({"id", request.id, request.id});
    job.deadline = clock.now() + std::chrono::seconds{1};
    Got got;
    Composition composition{std::move(job), source, clock};
    composition.start([&got](const Answer& answer) {
        got.status = answer.status;
        for (const std::string_view piece : answer.pieces) got.body += piece;
        got.is_partial = std::ranges::any_of(answer.fields, [](const OwnedField& field) {
            return field.name() == "Weft-Complete" && field.value() == "false";
        });
    });
    source.answer_all();
    return got;
}

std::multiset<ErrorEntry> take_errors(Json& body) {
    std::multiset<ErrorEntry> errors;
    if (!body.contains("errors")) return errors;
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

void expect_same(const Got& got, const Composed& expected) {
    Json body = Json::parse(got.body, nullptr, false);
    ASSERT_FALSE(body.is_discarded()) << got.body;
    if (!expected.problems.empty()) {
        EXPECT_TRUE(expected.problems.contains(got.status)) << got.status << ' ' << got.body;
        EXPECT_TRUE(body.contains("code")) << got.body;
        return;
    }
    ASSERT_EQ(got.status, 200) << got.body;
    EXPECT_EQ(got.is_partial, !expected.errors.empty()) << got.body;
    EXPECT_EQ(take_errors(body), expected.errors) << got.body;
    EXPECT_EQ(body, expected.body) << got.body;
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
        "upstreams: { services: { url: \"http://127.0.0.1:1\" } }\n";
    const auto compiled = test::compile_files({{"gateway.yaml", gateway}, {"routes/r.yaml", yaml}});
    ASSERT_TRUE(compiled.snapshot) << compiled.diagnostics;
    for (std::size_t i = 0; i < routes.size(); ++i) {
        SCOPED_TRACE(
            "seed " + std::to_string(seed) + ": " + to_yaml("r" + std::to_string(i), routes[i])
        );
        const ModelRequest request = random_request(dice);
        const Services services = random_services(dice.below(1'000'000));
        ShuffledSource source{services, dice};
        const Composed expected = compose_slowly(routes[i], request, services);
        tally.add(expected);
        expect_same(
            compose(compiled.snapshot, compiled.snapshot->plans[i], request, source), expected
        );
        if (testing::Test::HasFailure()) return;
    }
}

TEST(CompositionProperty, EqualsTheReferenceComposer) {
    const char* files = std::getenv("WEFT_PROPERTY_FILES");
    Tally tally;
    for (std::uint64_t seed = 1; seed <= (files == nullptr ? 40 : std::stoull(files)); ++seed) {
        try_routes(seed, tally);
        if (HasFailure()) return;
    }
    const std::size_t all = tally.whole + tally.partial + tally.problems;
    EXPECT_GT(tally.whole, all / 20);
    EXPECT_GT(tally.partial, all / 20);
    EXPECT_GT(tally.problems, all / 20);
}

}  // namespace
}  // namespace weft::property
