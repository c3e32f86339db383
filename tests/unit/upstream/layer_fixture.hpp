// One layer around calls that a test ends by hand, in virtual time and without sockets.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "upstream/call.hpp"
#include "upstream/layer_place.hpp"

namespace weft {

inline Result<CallAnswer> answered(std::uint16_t status, const std::string& body = "{}") {
    CallAnswer answer;
    answer.status = status;
    answer.body = body;
    return answer;
}

inline Result<CallAnswer> failed(FailureKind kind) { return Failure{kind}; }

class LayerFixture : public testing::Test {
  protected:
    // What came out at the inner side of the layer.
    struct Inner final : RunningCall {
        CallRequest request;
        CallCompletion completion;
        bool cancelled = false;

        std::optional<CallRecord> cancel() override {
            cancelled = true;
            completion = {};
            return CallRecord{};
        }
    };

    // How a call ended for whoever started it.
    struct Outer {
        Call call;
        std::optional<Result<CallAnswer>> end;
        CallRecord record;
        std::function<void()> then;

        std::uint16_t status() const {
            return end && end->has_value() ? (*end)->status : std::uint16_t{0};
        }
        std::optional<FailureKind> failure() const {
            if (!end || end->has_value()) return std::nullopt;
            return end->error().kind();
        }
    };

    StartCall inner() {
        return [this](CallRequest request, CallCompletion completion) {
            auto call = std::make_shared<Inner>();
            call->request = std::move(request);
            call->completion = std::move(completion);
            calls_.push_back(call);
            return Call{call};
        };
    }
    LayerPlace place() { return {context_.get_executor(), timers_, name_}; }

    CallRequest request(Method method = Method::get) const {
        CallRequest asked;
        asked.method = method;
        asked.target = "/orders/1";
        asked.deadline = clock_.now() + std::chrono::seconds{1};
        return asked;
    }

    std::shared_ptr<Outer> start(CallRequest asked) {
        auto outer = std::make_shared<Outer>();
        outer->call = layer_(std::move(asked), [outer](auto end, auto record) {
            EXPECT_FALSE(outer->end) << "ended twice";
            outer->end.emplace(std::move(end));
            outer->record = std::move(record);
            if (outer->then) outer->then();
        });
        EXPECT_FALSE(outer->end) << "ended inside start";
        return outer;
    }
    std::shared_ptr<Outer> start() { return start(request()); }

    // Of the so-many-th call that came through.
    void end(std::size_t index, Result<CallAnswer> with) {
        ASSERT_LT(index, calls_.size());
        const auto completion = std::exchange(calls_[index]->completion, {});
        ASSERT_TRUE(completion) << "it has ended";
        completion(std::move(with), CallRecord{});
    }

    void pass(Duration by) {
        clock_.move(by);
        timers_.advance();
    }
    void run_posted() {
        context_.restart();
        context_.poll();
    }

    ManualClock clock_;
    Timers timers_{clock_};
    asio::io_context context_{1};
    std::string name_ = "orders";
    std::vector<std::shared_ptr<Inner>> calls_;
    StartCall layer_;
};

}  // namespace weft
