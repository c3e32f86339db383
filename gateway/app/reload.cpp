#include "app/reload.hpp"

#include <exception>
#include <optional>

namespace weft {
namespace {

// As it is written in the file.
std::string to_text(const ListenAddress& address) {
    const bool is_v6 = address.host.find(':') != std::string::npos;
    return (is_v6 ? '[' + address.host + ']' : address.host) + ':' + std::to_string(address.port);
}

std::string to_text(const std::optional<ListenAddress>& address) {
    return address ? to_text(*address) : "none";
}

std::string needs_a_restart(const std::string& key, const std::string& running) {
    return '"' + key + "\" changes only by a restart: restart the gateway, or put \"" + running +
           "\" back";
}

void refuse_what_needs_a_restart(Configuration& configuration, const ServedConfiguration& running) {
    const Snapshot& fresh = *configuration.snapshot;
    const Snapshot& old = *running.snapshot;
    const WrittenGateway& written = configuration.written;
    auto& diagnostics = configuration.diagnostics;
    if (fresh.listen != old.listen) {
        diagnostics.error(written.listen.at, needs_a_restart("listen", to_text(old.listen)));
    }
    if (fresh.admin != old.admin) {
        const Position at = written.admin ? written.admin->listen.at : Position{};
        diagnostics.error(at, needs_a_restart("admin.listen", to_text(old.admin)));
    }
    // `auto` is not refused when the machine has got other cores since: nobody has changed the
    // file.
    if (written.workers && fresh.workers != running.workers) {
        diagnostics.error(
            written.workers->at, needs_a_restart("workers", std::to_string(running.workers))
        );
    }
}

Reread checked(const std::filesystem::path& file, const ServedConfiguration& running) {
    Reread reread;
    auto configuration = read_configuration(file);
    if (configuration.snapshot) refuse_what_needs_a_restart(configuration, running);
    if (!configuration.diagnostics.has_errors()) {
        reread.configuration = resolve_names(configuration, &running);
    }
    reread.count = configuration.diagnostics.errors();
    for (const auto& found : configuration.diagnostics.sorted()) {
        auto& lines = found.severity == Severity::error ? reread.mistakes : reread.warnings;
        lines.push_back(configuration.diagnostics.to_string(found));
    }
    return reread;
}

}  // namespace

Reread reread(const std::filesystem::path& file, const ServedConfiguration& running) noexcept {
    try {
        return checked(file, running);
    } catch (const std::exception& error) {
        Reread failed;
        failed.count = 1;
        failed.mistakes.push_back(file.string() + ": " + error.what());
        return failed;
    }
}

}  // namespace weft
