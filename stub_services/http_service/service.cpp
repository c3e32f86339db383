#include "http_service/service.hpp"

#include <pthread.h>

#include <atomic>
#include <csignal>
#include <iostream>
#include <span>
#include <system_error>
#include <thread>

#include "http_service/answer.hpp"
#include "http_service/fault.hpp"
#include "http_service/random.hpp"
#include "http_service/router.hpp"
#include "http_service/server.hpp"

namespace stub {
namespace {

using HandlerResponse = httplib::Server::HandlerResponse;

constexpr std::string_view health_path = "/healthz";

class Responder {
  public:
    Responder(const Description& description, const Options& options)
        : name_{description.name}, options_{options}, router_{all_routes(description, options)} {}

    // A header that cannot be read is no fault here; respond() complains about it.
    Fault fault_of(const httplib::Request& request) const {
        try {
            return asked_for(request);
        } catch (const FaultError&) {
            return {};
        }
    }

    void respond(const httplib::Request& request, httplib::Response& response) {
        try {
            respond_with(asked_for(request), request, response);
        } catch (const FaultError& error) {
            answer_problem(response, 400, std::string{fault_header} + ": " + error.what());
        }
    }

  private:
    static std::vector<Route> all_routes(const Description& description, const Options& options) {
        auto routes = description.routes(options);
        routes.push_back(
            {"GET",
             std::string{health_path},
             [](const auto& request, const auto&, auto& response) {
                 answer_json(request, response, {{"status", "ok"}});
             }}
        );
        return routes;
    }

    Fault asked_for(const httplib::Request& request) const {
        if (!request.has_header(fault_header)) return {};
        return parse_fault(
            request.get_header_value(fault_header), name_, last_segment(request.target)
        );
    }

    void respond_with(
        const Fault& fault, const httplib::Request& request, httplib::Response& response
    ) {
        const bool health = request.target == health_path;
        const auto delay = fault.delay + (health ? std::chrono::milliseconds{0} : options_.latency);
        if (delay.count() > 0) std::this_thread::sleep_for(delay);
        if (fault.status) {
            answer_problem(response, *fault.status, "asked for by the request");
        } else if (!health && fails_at_random()) {
            answer_problem(response, 503, "one of the errors that --error-rate asks for");
        } else {
            router_.answer(request, response);
        }
    }

    bool fails_at_random() {
        if (options_.error_rate == 0) return false;
        constexpr std::uint64_t parts = 1'000'000;
        Random random{options_.seed, requests_.fetch_add(1, std::memory_order_relaxed)};
        return static_cast<double>(random.between(0, parts - 1)) <
               options_.error_rate * static_cast<double>(parts);
    }

    const std::string name_;
    const Options options_;
    const Router router_;
    std::atomic<std::uint64_t> requests_{0};
};

// The library reads a body only for the methods that usually have one.
bool leaves_body_unread(const httplib::Request& request) {
    const auto length = request.get_header_value("Content-Length");
    return request.has_header("Transfer-Encoding") || !(length.empty() || length == "0");
}

void close_after(httplib::Response& response) { response.set_header("Connection", "close"); }

void route_to(Responder& responder, httplib::Server& server) {
    const auto respond = [&responder](const auto& request, auto& response) {
        responder.respond(request, response);
    };
    // Requests without a body are answered before the library's routing, which matches regular
    // expressions.
    server.set_pre_routing_handler([respond](const auto& request, auto& response) {
        if (request.method == "POST" || request.method == "PUT" || request.method == "PATCH" ||
            request.method == "DELETE") {
            return HandlerResponse::Unhandled;
        }
        respond(request, response);
        if (leaves_body_unread(request)) close_after(response);
        return HandlerResponse::Handled;
    });
    // The server empties every path: see Server::process_and_close_socket.
    server.Post("", respond);
    server.Put("", respond);
    server.Patch("", respond);
    server.Delete("", respond);
}

void shape_answers(httplib::Server& server) {
    // Only the library's own errors come without a body: a request that it could not read to its
    // end.
    const httplib::Server::HandlerWithResponse explain = [](const auto&, auto& response) {
        if (!response.body.empty()) return HandlerResponse::Unhandled;
        answer_problem(response, response.status, "the request could not be read");
        close_after(response);
        return HandlerResponse::Handled;
    };
    server.set_error_handler(explain);
    server.set_post_routing_handler([](const auto&, auto& response) {
        // "Content-Length: 0" would say that the document is empty (RFC 9110 section 8.6).
        if (response.status == 304 || response.status == 204) {
            response.headers.erase("Content-Length");
        }
        // The library's own value promises an end after some number of requests, which is not kept
        // here.
        response.headers.erase("Keep-Alive");
        if (response.has_header("Connection")) return;
        response.set_header("Keep-Alive", "timeout=" + std::to_string(idle_seconds));
    });
}

sigset_t block_end_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    // Before the first thread, so that every thread inherits it and sigwait() gets them.
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

int serve(const Description& description, const Options& options) {
    const auto signals = block_end_signals();
    Responder responder{description, options};
    Server server{
        options, [&responder](const auto& request) { return responder.fault_of(request); }};
    route_to(responder, server);
    shape_answers(server);
    const auto port = server.bind(options.port);
    std::thread serving{[&server] { server.serve(); }};
    std::cout << "listening on 127.0.0.1:" << port << std::endl;
    int signal = 0;
    sigwait(&signals, &signal);
    server.finish();
    serving.join();
    return 0;
}

}  // namespace

int run_service(const Description& description, int argc, char** argv) {
    Options defaults;
    defaults.port = description.port;
    Options options;
    try {
        options =
            parse_options(std::span{argv, static_cast<std::size_t>(argc)}.subspan(1), defaults);
    } catch (const UsageError& error) {
        std::cerr << description.program << ": " << error.what() << '\n'
                  << usage(description.program, defaults);
        return 64;
    }
    if (options.help) {
        std::cout << usage(description.program, defaults);
        return 0;
    }
    try {
        return serve(description, options);
    } catch (const std::system_error& error) {
        std::cerr << description.program << ": cannot listen on 127.0.0.1:" << options.port << ": "
                  << error.code().message() << '\n';
        return 1;
    }
}

}  // namespace stub
