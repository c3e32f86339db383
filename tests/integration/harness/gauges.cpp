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

// Whether a client can bring the value down to zero.
bool comes_down(const std::string& gauge) { return gauge != "weft_ready"; }

std::string above_zero(const std::string& metrics) {
    const auto names = gauges_in(metrics);
    if (names.empty()) throw std::runtime_error{"no gauge in " + metrics};
    std::string found;
    std::istringstream lines{metrics};
    for (std::string line; std::getline(lines, line);) {
        for (const auto& name : names) {
            if (!comes_down(name) || !is_sample_of(line, name)) continue;
            if (!line.ends_with(" 0")) found += line + '\n';
        }
    }
    return found;
}

}  // namespace

std::string gauges_above_zero(std::uint16_t admin_port) {
    auto admin = Connection::to(admin_port);
    const auto give_up = Clock::now() + patience;
    for (;;) {
        const auto found =
            above_zero(ask_on(admin, {.target = "/metrics", .host = "localhost"}).body);
        if (found.empty() || Clock::now() >= give_up) return found;
    }
}

}  // namespace weft
