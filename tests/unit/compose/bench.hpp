// A composition on a bench: a source that answers when the test says so, a clock that moves when
// the test says so.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compose/composition.hpp"
#include "unit/compose/route_builder.hpp"

namespace weft::test {

// Not HTTP. Checks its own side of the contract: an end is delivered once, after start() has
// returned and never after a cancel.
class TableSource final : public Source {
  public:
    struct Call {
        StepCall call;
        Completion completion;
        bool ended = false;
        bool cancelled = false;
    };

    CancelHandle start(StepCall&& call, Completion completion) override;

    // Ends the first call of that target that still runs.
    void answer(const std::string& target, std::string body) {
        answer(target, 200, std::move(body));
    }
    void answer(const std::string& target, std::uint16_t status, std::string body);
    void end(const std::string& target, Result<StepResult> result);
    // Ends calls in the order they were made, those that this starts included, until none is left.
    void answer_all(const std::map<std::string, std::string>& bodies);

    std::vector<std::string> targets() const;  // of all calls, in order
    std::size_t running() const;
    std::size_t cancelled() const;
    std::size_t most_at_once() const { return most_at_once_; }
    const StepCall& call(std::size_t index) const { return calls_.at(index)->call; }

  private:
    void end(Call& call, Result<StepResult> result);
    Call* find(const std::string& target);

    std::vector<std::shared_ptr<Call>> calls_;
    std::size_t most_at_once_ = 0;
};

struct ClientRequest {
    std::vector<std::pair<std::string, std::string>> path = {};
    std::string query = {};
    Fields fields = {};
    std::string body = {};
};

class Bench {
  public:
    // A route by its name, or the first.
    explicit Bench(
        std::shared_ptr<const Snapshot> snapshot,
        ClientRequest request = {},
        std::string_view route = ""
    );

    Bench& start();
    // start() and everything answered at once.
    Bench& run(const std::map<std::string, std::string>& bodies);

    bool answered() const { return answer_.has_value(); }
    std::uint16_t status() const { return answer_.value().status; }
    std::string body() const;
    std::vector<OwnedField> fields() const;
    std::string field(std::string_view name) const;        // empty: not there
    std::string member(const std::string& pointer) const;  // of the body, as JSON; "absent"
    const Answer& answer() const { return answer_.value(); }
    // Ends the composition; the answer stays.
    void destroy() { composition_.reset(); }

    TableSource source;
    ManualClock clock;
    RequestRecord record;
    std::optional<TimePoint> ends_earlier;  // what the composition said last
    std::shared_ptr<const Snapshot> snapshot;
    Composition& composition() { return *composition_; }

  private:
    ClientRequest request_;
    RequestHead head_;
    std::optional<Answer> answer_;
    std::unique_ptr<Composition> composition_;
};

}  // namespace weft::test
