#include "http_service/options.hpp"

#include <charconv>
#include <string_view>

namespace stub {
namespace {

template <class Number>
Number number(std::string_view option, std::string_view text, Number least, Number most) {
    Number value{};
    const auto* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || !(value >= least && value <= most)) {
        throw UsageError{
            std::string{option} + " takes a number from " + std::to_string(least) + " to " +
            std::to_string(most) + ", not \"" + std::string{text} + "\""};
    }
    return value;
}

std::chrono::milliseconds duration(std::string_view option, std::string_view text) {
    constexpr int most_ms = 60'000;
    const auto unit = text.find_first_not_of("0123456789");
    const auto suffix = unit == std::string_view::npos ? std::string_view{} : text.substr(unit);
    if (suffix == "ms") {
        return std::chrono::milliseconds{number(option, text.substr(0, unit), 0, most_ms)};
    }
    if (suffix == "s") {
        return std::chrono::seconds{number(option, text.substr(0, unit), 0, most_ms / 1000)};
    }
    throw UsageError{
        std::string{option} + " takes a duration such as 5ms or 1s, not \"" + std::string{text} +
        "\""};
}

void set(Options& options, std::string_view name, std::string_view value) {
    if (name == "--port") {
        options.port = number<std::uint16_t>(name, value, 0, 65535);
    } else if (name == "--threads") {
        options.threads = number<std::size_t>(name, value, 1, 4096);
    } else if (name == "--latency") {
        options.latency = duration(name, value);
    } else if (name == "--error-rate") {
        options.error_rate = number<double>(name, value, 0.0, 1.0);
    } else if (name == "--seed") {
        options.seed = number<std::uint64_t>(name, value, 0, UINT64_MAX);
    } else {
        throw UsageError{"unknown option " + std::string{name}};
    }
}

}  // namespace

Options parse_options(std::span<char* const> arguments, Options defaults) {
    Options options = defaults;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--help" || argument == "-h") {
            options.help = true;
            continue;
        }
        if (const auto equals = argument.find('='); equals != std::string_view::npos) {
            set(options, argument.substr(0, equals), argument.substr(equals + 1));
            continue;
        }
        if (i + 1 == arguments.size()) {
            throw UsageError{std::string{argument} + " is unknown or lacks its value"};
        }
        set(options, argument, arguments[++i]);
    }
    return options;
}

std::string usage(const std::string& program, const Options& defaults) {
    return "usage: " + program +
           " [options]\n"
           "  --port N          listen on 127.0.0.1:N (" +
           std::to_string(defaults.port) +
           "); 0: any free port\n"
           "  --threads N       connections served at the same time (" +
           std::to_string(defaults.threads) +
           ")\n"
           "  --latency 5ms     wait that long before every answer\n"
           "  --error-rate 0.01 answer that share of the requests with 503\n"
           "  --seed N          another set of data\n";
}

}  // namespace stub
