#include "load/open_loop/tally.hpp"

#include <algorithm>
#include <cstdio>

namespace weft::open_loop {
namespace {

double milliseconds_of(Duration duration) {
    return std::chrono::duration<double, std::milli>{duration}.count();
}

std::string member(const char* name, double value) {
    char text[64];
    std::snprintf(text, sizeof text, "\"%s\":%.3f", name, value);
    return text;
}

std::string member(const char* name, std::uint64_t value) {
    return "\"" + std::string{name} + "\":" + std::to_string(value);
}

}  // namespace

void Latencies::add(Duration latency) {
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(latency).count();
    microseconds_.push_back(static_cast<std::uint32_t>(std::clamp<std::int64_t>(us, 0, UINT32_MAX))
    );
}

std::string Latencies::report() {
    if (microseconds_.empty()) return "null";
    std::ranges::sort(microseconds_);
    const auto at = [this](double part) {
        const auto last = static_cast<double>(microseconds_.size() - 1);
        return microseconds_[static_cast<std::size_t>(part * last)] / 1000.0;
    };
    return "{" + member("p50", at(0.5)) + "," + member("p90", at(0.9)) + "," +
           member("p99", at(0.99)) + "," + member("p999", at(0.999)) + "," + member("max", at(1)) +
           "}";
}

void Tally::sent(Duration lateness) {
    ++sent_;
    if (lateness > late) ++late_;
    latest_ = std::max(latest_, lateness);
}

void Tally::answered(const Answered& answer) {
    if (answer.status / 100 == 2) {
        ok_.add(answer.received - answer.intended);
    } else if (answer.status == 503) {
        refused_.add(answer.received - answer.intended);
        refusals_.push_back(answer);
        if (!answer.retry_after) ++without_retry_after_;
    } else {
        ++others_;
    }
}

std::string Tally::report(const Phase& phase, const Standstills& standstills) {
    Latencies since_sent;
    Latencies undisturbed;
    for (const Answered& refusal : refusals_) {
        since_sent.add(refusal.received - refusal.sent);
        if (standstills.touch(refusal.intended, refusal.received)) continue;
        undisturbed.add(refusal.received - refusal.sent);
    }
    return "{" + member("rate", phase.rate) + "," + member("seconds", phase.seconds) + "," +
           member("sent", sent_) + "," + member("ok", ok_.count()) + "," +
           member("refused", refused_.count()) + "," +
           member("without_retry_after", without_retry_after_) + "," + member("other", others_) +
           "," + member("failed", failed_) + "," +
           member("ok_rate", static_cast<double>(ok_.count()) / phase.seconds) +
           ",\"ok_ms\":" + ok_.report() + ",\"refused_ms\":" + refused_.report() +
           ",\"refused_since_sent_ms\":" + since_sent.report() + "," +
           member("refused_undisturbed", undisturbed.count()) +
           ",\"refused_undisturbed_ms\":" + undisturbed.report() + "," +
           member("sent_late", late_) + "," + member("latest_ms", milliseconds_of(latest_)) + "}";
}

}  // namespace weft::open_loop
