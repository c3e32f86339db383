// A weft process with the configuration a test writes, on free ports.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "integration/harness/process.hpp"

namespace weft {

// A new empty directory, gone with the object.
class TemporaryDirectory {
  public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    const std::filesystem::path& path() const noexcept { return path_; }

    // Below the directory; makes the folders on the way.
    std::filesystem::path write(const std::string& name, const std::string& text) const;

  private:
    std::filesystem::path path_;
};

struct UpstreamText {
    std::string name{};
    std::uint16_t port = 0;
    std::string timeout = "10s";
    std::string more{};                        // further keys, as inside { }: "max_connections: 1"
    std::vector<std::uint16_t> other_ports{};  // of its other instances
};

struct GatewayText {
    std::vector<UpstreamText> upstreams{};
    std::string routes{};  // the text of a route file; empty: the shipped routes
    int workers = 0;       // 0: one, or as many as WEFT_TEST_WORKERS says (script/tsan)
    std::string listen = "127.0.0.1:0";
    std::string more{};  // further keys at the top, with their line breaks
};

// Of the file that was written.
std::filesystem::path write_configuration(
    const TemporaryDirectory& directory, const GatewayText& text
);

// Every upstream may see X-Stub-Fault.
class Gateway {
  public:
    // Returns when it is ready to serve.
    explicit Gateway(const GatewayText& text);

    std::uint16_t port() const noexcept { return port_; }
    std::uint16_t admin_port() const noexcept { return admin_port_; }
    Process& process() noexcept { return process_; }

    const TemporaryDirectory& directory() const noexcept { return directory_; }

    // Writes another configuration, has it read, and waits for the line of the log that says how
    // that ended.
    std::string reload(const GatewayText& text);
    // The line of the so-many-th reload.
    std::string reload_line(std::size_t number);

    // Ends it with SIGTERM; a leak or a broken rule that a sanitizer finds is a failure of the
    // test.
    void expect_clean_end();

  private:
    TemporaryDirectory directory_;
    Process process_;
    std::uint16_t port_;
    std::uint16_t admin_port_;
    std::size_t reloads_ = 0;
};

}  // namespace weft
