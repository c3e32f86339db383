// bench-floor SCRIPT SERVICES [PORT [WORKERS]]: serves the exchanges of SCRIPT on the loopback
// address, with the services at port SERVICES. Says where it listens in one line.
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

#include "floor/relay.hpp"
#include "floor/socket.hpp"

namespace {

std::uint16_t port(const char* text) {
    const int value = std::stoi(text);
    if (value < 0 || value > UINT16_MAX) throw std::out_of_range{text};
    return static_cast<std::uint16_t>(value);
}

// The processes share nothing but the port, as the workers of the gateway do.
void fork_workers(int workers) {
    for (int worker = 1; worker < workers; ++worker) {
        if (::fork() != 0) continue;
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        return;
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3 || count > 5) {
        std::cerr << "usage: bench-floor SCRIPT SERVICES [PORT [WORKERS]]\n";
        return 64;
    }
    try {
        const int probe = bench::listen_on(count > 3 ? port(arguments[3]) : std::uint16_t{0});
        const std::uint16_t listened = bench::port_of(probe);
        fork_workers(count > 4 ? std::stoi(arguments[4]) : 1);
        const int listener = bench::listen_on(listened);
        ::close(probe);
        bench::Relay relay{bench::read_script(arguments[1]), listener, port(arguments[2])};
        std::cout << "listening on 127.0.0.1:" << listened << std::endl;
        relay.run();
    } catch (const std::exception& error) {
        std::cerr << "bench-floor: " << error.what() << '\n';
        return 1;
    }
}
