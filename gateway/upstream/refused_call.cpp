#include "upstream/refused_call.hpp"

#include <boost/asio/post.hpp>
#include <memory>
#include <utility>

namespace weft {
namespace {

class RefusedCall final : public RunningCall {
  public:
    RefusedCall(CallRecord record, CallCompletion completion)
        : record_{std::move(record)}, completion_{std::move(completion)} {}

    void end() {
        if (!completion_) return;
        Failure failure{*record_.failure};
        failure.at_upstream(record_.upstream);
        const auto completion = std::exchange(completion_, nullptr);
        completion(std::move(failure), std::move(record_));
    }

    std::optional<CallRecord> cancel() override {
        if (!completion_) return std::nullopt;
        completion_ = nullptr;
        record_.end = CallEnd::cancelled;
        record_.failure.reset();
        return std::move(record_);
    }

  private:
    CallRecord record_;
    CallCompletion completion_;
};

}  // namespace

CallRecord refused_record(const std::string& upstream, FailureKind why) {
    CallRecord record;
    record.upstream = upstream;
    record.end = CallEnd::refused;
    record.failure = why;
    record.attempts = 0;
    return record;
}

Call refuse_call(const LayerPlace& place, FailureKind why, CallCompletion completion) {
    auto refused =
        std::make_shared<RefusedCall>(refused_record(place.upstream, why), std::move(completion));
    asio::post(place.executor, [refused] { refused->end(); });
    return Call{refused};
}

}  // namespace weft
