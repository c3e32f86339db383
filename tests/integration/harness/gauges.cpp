#include "integration/harness/gauges.hpp"

#include <chrono>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "integration/harness/ask.hpp"

namespace weft {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::string> gauges_in(const std::string& metrics) {
    const std::string declares = "# TYPE ";
    const std::string as_gauge = " gauge";
    std::vector<std::string> names;
    std::istringstream lines{metrics};
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(declares) || !line.ends_with(as_gauge)) continue;
        line.resize(line.size() - as_gauge.size());
        names.push_back(line.substr(declares.size()));
    }
    return names;
}

bool is_sample_of(const std::string& line, const std::string& name) {
    return line.starts_with(name + ' ') || line.starts_with(name + '{');
}

// Whether the value is zero when nothing is asked.
bool comes_down(const std::string& line) {
    return !is_sample_of(line, "weft_ready") && line.find("state=\"idle\"") == std::string::npos;
}

std::string above_zero(const std::string& metrics) {
    const auto names = gauges_in(metrics);
    if (names.empty()) throw std::runtime_error{"no gauge in " + metrics};
    std::string found;
    std::istringstream lines{metrics};
    for (std::string line; std::getline(lines, line);) {
        for (const auto& name : names) {
            if (!is_sample_of(line, name) || !comes_down(line)) continue;
            if (!line.ends_with(" 0")) found += line + '\n';
        }
    }
    return found;
}

// On one connection, as often as it is answered.
class Reading {
  public:
    explicit Reading(std::uint16_t admin_port) : admin_{Connection::to(admin_port)} {}

    std::string metrics() {
        return ask_on(admin_, {.target = "/metrics", .host = "localhost"}).body;
    }

  private:
    Connection admin_;
};

}  // namespace

std::string gauges_above_zero(std::uint16_t admin_port, std::chrono::milliseconds limit) {
    Reading reading{admin_port};
    const auto give_up = Clock::now() + limit;
    for (;;) {
        auto found = above_zero(reading.metrics());
        if (found.empty() || Clock::now() >= give_up) return found;
    }
}

bool wait_for_metric(std::uint16_t admin_port, const std::string& line) {
    Reading reading{admin_port};
    const auto give_up = Clock::now() + patience;
    while (reading.metrics().find('\n' + line + '\n') == std::string::npos) {
        if (Clock::now() >= give_up) return false;
    }
    return true;
}

}  // namespace weft
