// Whole compositions: whatever the services send, there is one answer, and it is well-formed. The
// bytes are divided by RS (0x1e): what the client asks for first, then what is sent to each call,
// in order, with the status in front.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "async/clock.hpp"
#include "compose/composition.hpp"
#include "fuzz/configuration.hpp"
#include "fuzz/grammar/json.hpp"
#include "fuzz/grammar/uri.hpp"
#include "fuzz/target.hpp"

namespace weft::fuzz {

// An answer of up to 1 MiB, its pieces and the second reader's tree of it.
const Budget budget{.memory = 600 << 20, .memory_per_byte = 200, .microseconds_per_byte = 100};

namespace {

constexpr std::string_view routes = R"(details:
  path: /details/{id}
  steps:
    order: { upstream: orders, path: "/orders/{id}" }
    user: { upstream: users, path: "/users/${order.user_id}", required: false, select: [id, name.first], rename: { id: key } }
    products:
      upstream: products
      for_each: ${order.product_ids}
      path: /products/${item}
      required: false
      omit: [secret]
      batch: { path: /products, query: { ids: "${join(items, ',')}" }, max_size: 3, match: id }
  response: { body: { order: "${order}", user: "${user}", products: "${products}", first: "${products[order.product_ids[0]].name?}" } }
lines:
  path: /lines/{id}
  steps:
    cart: { upstream: orders, path: "/carts/{id}", null_on: [404] }
    stock: { upstream: products, for_each: "${cart.lines[*].sku}", path: "/stock/${item}", required: false, fallback: { count: 0 } }
    extra: { upstream: users, path: /extra, required: false, when: "${cart.kind == 'a' && count(cart.lines) > 1 || cart.left == cart.right}" }
  response:
    headers: { X-Kind: "${cart.kind?}" }
    body:
      n: ${count(cart.lines)}
      text: "<${cart.kind?}>"
      extra: ${extra}
      lines: { $each: "${cart.lines}", $as: line, $value: { sku: "${line.sku}", stock: "${stock[line.sku].count?}", all: "${line}", tags: { $each: "${line.tags}", $value: "${item}" } } }
)";

class Scripted final : public Source {
  public:
    explicit Scripted(std::vector<std::string_view> answers) : answers_{std::move(answers)} {}

    CancelHandle start(StepCall&& call, Completion completion) override {
        require(grammar::is_all(call.target, grammar::origin_form), "a target that may be sent");
        require(++calls_ <= most_calls, "no more calls than one request may make");
        waiting_.push_back(std::move(completion));
        const std::size_t index = waiting_.size() - 1;
        return [this, index] { waiting_[index] = nullptr; };
    }

    // Ends calls in the order they were made, until none is left.
    void answer_all() {
        for (std::size_t i = 0; i < waiting_.size(); ++i) {
            const Completion completion = std::exchange(waiting_[i], nullptr);
            if (completion) completion(next());
        }
    }

  private:
    static constexpr std::size_t most_calls = 200;

    Result<StepResult> next() {
        StepResult result;
        result.status = 404;
        if (at_ == answers_.size()) return result;
        const std::string_view answer = answers_[at_++];
        if (answer.starts_with('!')) return Failure{FailureKind::connect_timeout};
        const char first = answer.empty() ? '2' : answer.front();
        result.status = static_cast<std::uint16_t>(100 * std::clamp(first - '0', 2, 5));
        result.body = answer.substr(std::min<std::size_t>(1, answer.size()));
        return result;
    }

    std::vector<std::string_view> answers_;
    std::size_t at_ = 0;
    std::size_t calls_ = 0;
    std::vector<Completion> waiting_;
};

std::vector<std::string_view> split(std::string_view bytes) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = std::min(bytes.find('\x1e'), bytes.size());
        parts.push_back(bytes.substr(0, end));
        if (end == bytes.size()) return parts;
        bytes.remove_prefix(end + 1);
    }
}

bool is_marked_incomplete(const Answer& answer) {
    return std::ranges::any_of(answer.fields, [](const OwnedField& field) {
        return field.name() == "Weft-Complete" && field.value() == "false";
    });
}

void require_sound(const Answer& answer) {
    std::string body;
    for (const std::string_view piece : answer.pieces) body += piece;
    require(body.size() <= 2U << 20, "no more than max_answer and its errors");
    // A service's value may be as deep as it likes below the response's own levels.
    const auto reading = grammar::read_json(body, 200);
    require(reading.error == JsonError::none && reading.root.is_object(), "an object of JSON");
    const auto& members = reading.root.members;
    const auto errors = std::ranges::count_if(members, [](const auto& member) {
        return member.name == "\"errors\"";
    });
    const bool composed = answer.status == 200;
    require(
        errors == (composed && is_marked_incomplete(answer) ? 1 : 0), "errors, where it says so"
    );
    for (const OwnedField& field : answer.fields) {
        const bool plain =
            field.value().find_first_of(std::string_view{"\r\n\0", 3}) == std::string::npos;
        require(plain, "a header is one line");
    }
}

}  // namespace

void run(std::string_view bytes) {
    static const std::shared_ptr<const Snapshot> snapshot = compiled(routes);
    std::vector<std::string_view> parts = split(bytes);
    const std::string_view asked = parts.front();
    parts.erase(parts.begin());
    RequestHead head;
    const ManualClock clock;
    Composition::Job job;
    job.snapshot = snapshot;
    job.plan = &snapshot->plans[asked.starts_with('d') ? 0 : 1];
    job.inputs.head = &head;
    job.inputs.id = "r-1";
    const std::string id{asked.substr(std::min<std::size_t>(1, asked.size()))};
    job.inputs.parameters.push_back({"id", id, id});
    job.deadline = clock.now() + std::chrono::seconds{1};
    Scripted source{std::move(parts)};
    std::optional<Answer> answer;
    Composition composition{std::move(job), source, clock};
    composition.start([&](Answer given) {
        require(!answer, "answered once");
        answer = std::move(given);
    });
    source.answer_all();
    require(answer.has_value(), "answered once all calls have ended");
    require_sound(*answer);
}

}  // namespace weft::fuzz
