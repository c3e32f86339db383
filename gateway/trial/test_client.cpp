#include "trial/test_client.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <memory>
#include <string_view>
#include <utility>

#include "http/message_writer.hpp"
#include "http/problem.hpp"
#include "http/request_id.hpp"
#include "http/request_reader.hpp"
#include "trial/feed.hpp"
#include "trial/field_lines.hpp"

namespace weft {
namespace {

constexpr std::string_view made_id = "weft-test";

std::string request_bytes(const TestRequest& request) {
    std::string bytes;
    HeadWriter writer{bytes};
    writer.request_line(request.method, request.target);
    const bool has_host = std::ranges::any_of(request.fields, [](const OwnedField& field) {
        return equal_ignoring_case(field.name(), "Host");
    });
    if (!has_host) writer.field("Host", "localhost");
    writer.fields(request.fields);
    if (!request.body.empty()) writer.framing({Framing::length, request.body.size()});
    writer.end();
    return bytes + request.body;
}

// All of the body is here; only its limit can be passed.
class WholeBody final : public BodyStream {
  public:
    WholeBody(RequestReader& reader, std::string_view& bytes, const Request& request)
        : reader_{reader}, bytes_{bytes}, request_{request} {}

    Awaitable<Result<std::string_view>> next() override {
        const auto limited = reader_.set_body_limit(request_.body_limit);
        if (limited.has_error()) co_return fail(limited.error());
        for (;;) {
            const auto part = reader_.read_body();
            if (part.has_error()) co_return fail(part.error());
            if (part->state() != BodyPart::State::need_more) co_return part->bytes();
            if (!feed(reader_, bytes_)) co_return fail(Failure{FailureKind::bad_request});
        }
    }

    const std::optional<Failure>& failure() const noexcept { return failure_; }

  private:
    Failure fail(Failure failure) {
        failure_ = failure;
        return failure;
    }

    RequestReader& reader_;
    std::string_view& bytes_;
    const Request& request_;
    std::optional<Failure> failure_;
};

class TestClient {
  public:
    TestClient(Handler& handler, const TestRequest& asked, const HeadLimits& limits)
        : handler_{handler},
          bytes_{request_bytes(asked)},
          unread_{bytes_},
          reader_{limits},
          body_{reader_, unread_, request_} {}

    // Holds the client as long as anything of the request is left.
    static Awaitable<void> run(std::shared_ptr<TestClient> self, TimePoint now) {
        co_await self->run(now);
    }
    void ended(const std::exception_ptr& error, TimePoint now);

    bool is_over() const noexcept { return over_; }
    TestAnswer take() { return std::move(answer_); }

  private:
    Awaitable<void> run(TimePoint now);
    Result<const RequestHead*> receive_head();
    void begin(const RequestHead& head, TimePoint now);
    Awaitable<void> receive(BodyStream& stream);

    Handler& handler_;
    std::string bytes_;
    std::string_view unread_;
    RequestReader reader_;
    RequestRecord record_;
    Request request_;
    WholeBody body_;
    TestAnswer answer_;
    bool over_ = false;
};

Result<const RequestHead*> TestClient::receive_head() {
    auto head = reader_.read_head();
    while (head.has_value() && *head == nullptr) {
        if (!feed(reader_, unread_)) return Failure{FailureKind::bad_request};
        head = reader_.read_head();
    }
    return head;
}

void TestClient::begin(const RequestHead& head, TimePoint now) {
    const auto given = find_field(head.fields, "X-Request-Id");
    request_.request_id = given && is_request_id(*given) ? *given : made_id;
    request_.head = &head;
    request_.peer_address = "127.0.0.1";
    request_.received = now;
    request_.body = &body_;
    request_.record = &record_;
}

Awaitable<void> TestClient::run(TimePoint now) {
    const auto head = receive_head();
    Answer answer;
    if (head.has_error()) {
        answer = problem(head.error(), ProblemContext{{}, made_id});
    } else {
        begin(**head, now);
        answer = co_await handler_.handle(request_);
        const ProblemContext context{(*head)->path, request_.request_id};
        if (body_.failure()) answer = problem(*body_.failure(), context);
    }
    answer_.status = answer.status;
    answer_.fields = std::move(answer.fields);
    for (auto& field : split_field_lines(answer.field_lines)) {
        answer_.fields.push_back(std::move(field));
    }
    const bool is_head = head.has_value() && (*head)->method == Method::head;
    if (is_head || answer.status == 204 || answer.status == 304) co_return;
    for (const std::string_view piece : answer.pieces) answer_.body += piece;
    if (answer.stream) co_await receive(*answer.stream);
}

Awaitable<void> TestClient::receive(BodyStream& stream) {
    for (;;) {
        const auto piece = co_await stream.next();
        if (piece.has_error()) answer_.broken_off = piece.error().kind();
        if (piece.has_error() || piece->empty()) co_return;
        answer_.body += *piece;
    }
}

void TestClient::ended(const std::exception_ptr& error, TimePoint now) {
    over_ = true;
    answer_.route = record_.route;
    answer_.took = now - request_.received;
    if (!error) return;
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& bug) {
        answer_.bug = bug.what();
    }
}

}  // namespace

TestAnswer ask_handler(
    Handler& handler, const TestRequest& request, const HeadLimits& limits, VirtualTime& time
) {
    const auto client = std::make_shared<TestClient>(handler, request, limits);
    asio::co_spawn(
        time.executor(),
        TestClient::run(client, time.now()),
        [client, &time](const std::exception_ptr& error) { client->ended(error, time.now()); }
    );
    if (time.run_until([&client] { return client->is_over(); })) return client->take();
    TestAnswer none;
    none.bug = "the request is never answered";
    return none;
}

}  // namespace weft
