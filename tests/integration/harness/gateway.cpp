#include "integration/harness/gateway.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "places.hpp"

namespace weft {
namespace {

std::string url(std::uint16_t port) { return "\"http://127.0.0.1:" + std::to_string(port) + '"'; }

std::string upstream_line(const UpstreamText& upstream) {
    const auto more = upstream.more.empty() ? std::string{} : ", " + upstream.more;
    std::string where = "url: " + url(upstream.port);
    if (!upstream.other_ports.empty()) {
        where = "urls: [" + url(upstream.port);
        for (const auto port : upstream.other_ports) where += ", " + url(port);
        where += ']';
    }
    return "  " + upstream.name + ": { " + where + ", timeout: " + upstream.timeout +
           ", forward: [x-stub-fault]" + more + " }\n";
}

int workers_of(const GatewayText& text) {
    const char* const wanted = std::getenv("WEFT_TEST_WORKERS");
    if (text.workers > 0) return text.workers;
    return wanted != nullptr ? std::stoi(wanted) : 1;
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
    auto name = (std::filesystem::temp_directory_path() / "weft-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::system_error{errno, std::generic_category(), name};
    }
    path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;  // nothing to be done about it here
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TemporaryDirectory::write(const std::string& name, const std::string& text)
    const {
    auto file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream out{file, std::ios::binary};
    out << text;
    out.close();
    if (!out) throw std::runtime_error{"cannot write " + file.string()};
    return file;
}

std::filesystem::path write_configuration(
    const TemporaryDirectory& directory, const GatewayText& text
) {
    if (text.routes.empty()) {
        std::filesystem::copy(source_tree() + "/routes", directory.path() / "routes");
    } else {
        directory.write("routes/test.yaml", text.routes);
    }
    std::string config =
        "version: 1\nlisten: " + text.listen +
        "\nadmin: { listen: \"127.0.0.1:0\" }\nworkers: " + std::to_string(workers_of(text)) +
        "\nroutes: ../routes/*.yaml\n" + text.more + "upstreams:\n";
    for (const auto& upstream : text.upstreams) config += upstream_line(upstream);
    return directory.write("config/gateway.yaml", config);
}

Gateway::Gateway(const GatewayText& text)
    : process_{{weft_program(), "run", write_configuration(directory_, text).string()}},
      port_{process_.port_after("listening on ")},
      admin_port_{process_.port_after("admin on ")} {}

std::string Gateway::reload(const GatewayText& text) {
    write_configuration(directory_, text);
    process_.signal(SIGHUP);
    return reload_line(++reloads_);
}

std::string Gateway::reload_line(std::size_t number) {
    return process_.log_line("\"reload", number);
}

void Gateway::expect_clean_end() {
    process_.signal(SIGTERM);
    EXPECT_EQ(process_.wait_for_exit(), 0) << process_.errors();
}

}  // namespace weft
