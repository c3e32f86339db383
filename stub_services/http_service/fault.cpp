#include "http_service/fault.hpp"

#include <charconv>
#include <string>

namespace stub {
namespace {

constexpr int longest_delay_ms = 60'000;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

int number(std::string_view entry, std::string_view text, int least, int most) {
    int value = 0;
    const auto* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || value < least || value > most) {
        throw FaultError{"bad number in \"" + std::string{entry} + "\""};
    }
    return value;
}

std::chrono::milliseconds delay(std::string_view entry, std::string_view text) {
    if (!text.ends_with("ms")) {
        throw FaultError{"a delay is given in ms: \"" + std::string{entry} + "\""};
    }
    text.remove_suffix(2);
    return std::chrono::milliseconds{number(entry, text, 0, longest_delay_ms)};
}

void add(Fault& fault, std::string_view entry) {
    const auto equals = entry.find('=');
    const auto name = entry.substr(0, equals);
    const bool valued = equals != std::string_view::npos;
    const auto value = valued ? entry.substr(equals + 1) : std::string_view{};
    if (name == "status" && valued) {
        fault.status = number(entry, value, 200, 599);
    } else if (name == "delay" && valued) {
        fault.delay = delay(entry, value);
    } else if (name == "drip" && valued) {
        fault.wire = WireFault::drip;
        fault.drip_bytes = static_cast<std::size_t>(number(entry, value, 1, 65536));
    } else if (name == "reset" && !valued) {
        fault.wire = WireFault::reset;
    } else if (name == "truncate" && !valued) {
        fault.wire = WireFault::truncate;
    } else if (name == "garbage" && !valued) {
        fault.wire = WireFault::garbage;
    } else {
        throw FaultError{"unknown fault \"" + std::string{entry} + "\""};
    }
}

bool is_for(std::string_view target, std::string_view service, std::string_view item) {
    const auto slash = target.find('/');
    if (target.substr(0, slash) != service) return false;
    return slash == std::string_view::npos || target.substr(slash + 1) == item;
}

}  // namespace

Fault parse_fault(std::string_view header, std::string_view service, std::string_view item) {
    Fault mine;
    Fault of_others;
    while (!header.empty()) {
        const auto end = header.find_first_of(",;");
        const auto entry = trimmed(header.substr(0, end));
        header = end == std::string_view::npos ? std::string_view{} : header.substr(end + 1);
        if (entry.empty()) continue;
        const auto colon = entry.find(':');
        const bool named = colon != std::string_view::npos;
        const bool hit = !named || is_for(entry.substr(0, colon), service, item);
        add(hit ? mine : of_others, named ? entry.substr(colon + 1) : entry);
    }
    return mine;
}

}  // namespace stub
