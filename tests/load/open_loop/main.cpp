// An open-loop HTTP/1.1 client: requests start when they are meant to, however slow the answers
// are, and latency counts from then. One line of JSON for each phase; exit code 0 whatever became
// of the requests.
#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string_view>

#include "load/open_loop/client.hpp"

namespace weft::open_loop {
namespace {

constexpr const char* usage =
    "usage: open_loop [OPTION...] URL RATExSECONDS...\n"
    "  URL              http://127.0.0.1:8080/orders/o-{n}: a loopback address; {n} counts\n"
    "  RATExSECONDS     a phase: 800x10 is 800 requests a second for 10 seconds\n"
    "  --connections N  at most (1000)\n"
    "  --timeout MS     after which a request counts as failed (5000)\n"
    "  --ids N          {n} goes from 1 to N (1000)\n"
    "  --random         starts at random (Poisson) instead of evenly\n"
    "  --header TEXT    'Name: value'; may stand several times\n"
    "  --watch          tells apart what happened when cores stood still (needs CAP_SYS_NICE)\n";

template <class Number>
Number number(std::string_view text) {
    Number value{};
    const auto end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (result.ec != std::errc{} || result.ptr != end || value <= 0)
        throw std::invalid_argument{"not a number above 0: \"" + std::string{text} + "\""};
    return value;
}

Phase phase(std::string_view text) {
    const auto cross = text.find('x');
    if (cross == text.npos)
        throw std::invalid_argument{"not a phase, as 800x10 is: \"" + std::string{text} + "\""};
    return {number<double>(text.substr(0, cross)), number<double>(text.substr(cross + 1))};
}

void read_url(std::string_view url, Options& options) {
    constexpr std::string_view scheme = "http://";
    const auto slash = url.find('/', scheme.size());
    const auto colon = url.find(':', scheme.size());
    if (!url.starts_with(scheme) || colon >= slash || slash == url.npos)
        throw std::invalid_argument{"not a URL, as http://127.0.0.1:8080/ is: " + std::string{url}};
    const std::string host{url.substr(scheme.size(), colon - scheme.size())};
    options.server.sin_family = AF_INET;
    options.server.sin_port =
        htons(number<std::uint16_t>(url.substr(colon + 1, slash - colon - 1)));
    if (::inet_pton(AF_INET, host.c_str(), &options.server.sin_addr) != 1)
        throw std::invalid_argument{"not an IPv4 address: " + host};
    options.authority = url.substr(scheme.size(), slash - scheme.size());
    options.target = url.substr(slash);
}

Options read_options(int count, char** arguments) {
    Options options;
    const std::vector<std::string_view> all{arguments + 1, arguments + count};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto value = [&] {
            if (i + 1 == all.size())
                throw std::invalid_argument{std::string{all[i]} + " needs a value"};
            return all[++i];
        };
        if (all[i] == "--connections") {
            options.connections = number<std::size_t>(value());
        } else if (all[i] == "--timeout") {
            options.timeout = std::chrono::milliseconds{number<int>(value())};
        } else if (all[i] == "--ids") {
            options.ids = number<std::uint64_t>(value());
        } else if (all[i] == "--random") {
            options.arrivals = Arrivals::random;
        } else if (all[i] == "--header") {
            options.headers.emplace_back(value());
        } else if (all[i] == "--watch") {
            options.watch = true;
        } else if (options.target.empty()) {
            read_url(all[i], options);
        } else {
            options.phases.push_back(phase(all[i]));
        }
    }
    if (options.phases.empty()) throw std::invalid_argument{"a URL and a phase are needed"};
    return options;
}

}  // namespace
}  // namespace weft::open_loop

int main(int count, char** arguments) try {
    using namespace weft::open_loop;
    const Options options = read_options(count, arguments);
    std::optional<weft::StandstillWatch> watch;
    if (options.watch) watch.emplace();
    auto tallies = Client{options}.run();
    const auto standstills = watch ? watch->seen() : weft::Standstills{};
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        std::puts(tallies[i].report(options.phases[i], standstills).c_str());
    }
    return 0;
} catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "open_loop: %s\n%s", error.what(), weft::open_loop::usage);
    return 64;
} catch (const std::exception& error) {
    std::fprintf(stderr, "open_loop: %s\n", error.what());
    return 1;
}
