// One worker's view of one scripted service, in virtual time over real sockets.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "unit/upstream/scripted_service.hpp"
#include "upstream/call.hpp"

namespace weft {

inline std::string answer(const std::string& body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// Where a call's end is kept.
struct Outcome {
    std::optional<Result<CallAnswer>> answer;
    CallRecord record;
    Call call;

    bool ended() const { return answer.has_value(); }
    std::optional<FailureKind> failure() const {
        if (!answer || answer->has_value()) return std::nullopt;
        return answer->error().kind();
    }
    std::string body() const { return answer && answer->has_value() ? (*answer)->body : "(none)"; }
};

class UpstreamFixture : public testing::Test {
  protected:
    UpstreamFixture() {
        make_upstream([](UpstreamSettings&) {});
    }
    // Whatever has happened, nothing is counted that is not there.
    ~UpstreamFixture() override {
        upstream_.reset();
        expect_levels({});
    }

    void expect_levels(const UpstreamLevels& expected) const {
        const UpstreamLevels levels = gauges_->read();
        EXPECT_EQ(levels.calls_in_flight, expected.calls_in_flight);
        EXPECT_EQ(levels.waiting_for_connection, expected.waiting_for_connection);
        EXPECT_EQ(levels.waiting_for_slot, expected.waiting_for_slot);
        EXPECT_EQ(levels.connections_in_use, expected.connections_in_use);
        EXPECT_EQ(levels.connections_idle, expected.connections_idle);
    }

    template <class Change>
    void make_upstream(Change change) {
        UpstreamSettings settings;
        settings.name = "orders";
        settings.endpoints = {{service_.endpoint(), "orders.test:9001"}};
        change(settings);
        upstream_.emplace(context_.get_executor(), timers_, std::move(settings), gauges_);
    }

    CallRequest request(Method method = Method::get, std::string body = {}) const {
        CallRequest asked;
        asked.method = method;
        asked.target = "/orders/o-1";
        asked.body = std::move(body);
        asked.deadline = clock_.now() + std::chrono::seconds{1};
        return asked;
    }

    std::shared_ptr<Outcome> start(CallRequest asked) {
        auto outcome = std::make_shared<Outcome>();
        outcome->call =
            start_call(*upstream_, std::move(asked), [outcome](auto ended, auto record) {
                outcome->answer.emplace(std::move(ended));
                outcome->record = std::move(record);
                outcome->call = Call{};
            });
        EXPECT_FALSE(outcome->ended()) << "completed inside start";
        return outcome;
    }
    std::shared_ptr<Outcome> start() { return start(request()); }

    // Lets the sockets work until `done`; in real time only what the kernel needs.
    template <class Done>
    testing::AssertionResult run_until(Done done) {
        const auto limit = SteadyClock::now() + std::chrono::seconds{20};
        while (!done()) {
            context_.restart();
            context_.run_one_for(std::chrono::seconds{1});
            if (SteadyClock::now() > limit) return testing::AssertionFailure() << "never happened";
        }
        return testing::AssertionSuccess();
    }

    Outcome& end_of(const std::shared_ptr<Outcome>& outcome) {
        EXPECT_TRUE(run_until([&] { return outcome->ended(); }));
        return *outcome;
    }
    Outcome call(CallRequest asked) { return end_of(start(std::move(asked))); }
    Outcome call() { return call(request()); }

    void pass(Duration by) {
        clock_.move(by);
        timers_.advance();
    }

    // Everything that is on its way to the kernel is there; the event loop does not turn.
    void reach_kernel() {
        Socket after{context_};
        after.connect(service_.endpoint());
    }

    // Everything that is on its way on this machine has arrived: a round trip over another socket.
    void settle() {
        for (int i = 0; i < 3; ++i) {
            bool passed = false;
            Socket to{context_};
            Acceptor through{context_, Endpoint{asio::ip::address_v4::loopback(), 0}};
            to.async_connect(through.local_endpoint(), [](error_code) {});
            through.async_accept([&](error_code, Socket) { passed = true; });
            ASSERT_TRUE(run_until([&] { return passed; }));
            context_.restart();
            context_.poll();
        }
    }

    void always_answer(std::string bytes) {
        service_.on_request = [bytes](Peer& peer) { peer.send(bytes); };
    }

    ManualClock clock_;
    Timers timers_{clock_};
    asio::io_context context_{1};
    ScriptedService service_{context_};
    std::shared_ptr<UpstreamGauges> gauges_ = std::make_shared<UpstreamGauges>();
    std::optional<Upstream> upstream_;
};

}  // namespace weft
