#include "config/load.hpp"

#include <unordered_map>

#include "config/gateway_keys.hpp"
#include "config/route_files.hpp"
#include "config/route_keys.hpp"
#include "config/source_text.hpp"
#include "config/yaml_digest.hpp"
#include "config/yaml_tree.hpp"

namespace weft {
namespace {

constexpr std::size_t max_route_files = 10'000;

class Loader {
  public:
    Loader(const Environment& environment, Diagnostics& diagnostics)
        : diagnostics_(diagnostics), reading_(environment, diagnostics) {}

    WrittenGateway load(const std::filesystem::path& gateway_file);

  private:
    void load_gateway(const std::filesystem::path& path);
    void load_routes(const std::filesystem::path& folder);
    void load_route_file(const std::filesystem::path& path);
    void add_route(const YamlMember& member);
    std::string place(Position at) const;

    Diagnostics& diagnostics_;
    Reading reading_;
    WrittenGateway gateway_;
    std::unordered_map<std::string, Position> routes_;  // where each is defined
};

WrittenGateway Loader::load(const std::filesystem::path& gateway_file) {
    load_gateway(gateway_file);
    if (!gateway_.route_files.value.empty()) load_routes(gateway_file.parent_path());
    return std::move(gateway_);
}

void Loader::load_gateway(const std::filesystem::path& path) {
    const std::uint16_t file = diagnostics_.add_file(path.lexically_normal().string());
    const Position start{file, 1, 1};
    const auto source = SourceText::read(path, file, diagnostics_);
    const auto tree = source ? parse_yaml(*source, diagnostics_) : std::nullopt;
    if (!tree) return;
    if (tree->root == nullptr) return diagnostics_.error(start, "the file is empty");
    const Section section{*tree->root, "the gateway file", start};
    read_section(reading_, section, gateway_keys(), gateway_);
}

void Loader::load_routes(const std::filesystem::path& folder) {
    const Written<std::string>& pattern = gateway_.route_files;
    const auto files = route_files(folder, pattern.value);
    if (files.empty()) {
        const std::string whole = (folder / pattern.value).lexically_normal().string();
        return diagnostics_.error(pattern.at, "no file matches " + in_quotes(whole));
    }
    if (files.size() > max_route_files) {
        return diagnostics_.error(pattern.at, "more than 10000 files match");
    }
    for (const std::filesystem::path& path : files) load_route_file(path);
}

void Loader::load_route_file(const std::filesystem::path& path) {
    const std::uint16_t file = diagnostics_.add_file(path.lexically_normal().string());
    const Position start{file, 1, 1};
    const auto source = SourceText::read(path, file, diagnostics_);
    const auto tree = source ? parse_yaml(*source, diagnostics_) : std::nullopt;
    if (!tree) return;
    if (tree->root == nullptr) return diagnostics_.warning(start, "no routes in this file");
    if (!expect_map(reading_, {*tree->root, "a route file", start})) return;
    for (const YamlMember& member : tree->root->members) add_route(member);
}

void Loader::add_route(const YamlMember& member) {
    const std::string& name = member.key.value;
    const auto [first, is_new] = routes_.try_emplace(name, member.key.at);
    // Within one file it is a duplicate key, and reported as one.
    if (!is_new && first->second.file != member.key.at.file) {
        diagnostics_.error(
            member.key.at,
            "route " + in_quotes(name) + " is defined already at " + place(first->second)
        );
    }
    WrittenRoute& route = gateway_.routes.emplace_back();
    route.name = member.key;
    route.digest = digest(*member.value);
    route.timeout.value = gateway_.defaults.route_timeout;
    const Section section{*member.value, "route " + in_quotes(name), member.key.at};
    read_section(reading_, section, route_keys(), route);
}

std::string Loader::place(Position at) const {
    return diagnostics_.file(at.file) + ':' + std::to_string(at.line) + ':' +
           std::to_string(at.column);
}

}  // namespace

WrittenGateway load(
    const std::filesystem::path& gateway_file,
    const Environment& environment,
    Diagnostics& diagnostics
) {
    return Loader(environment, diagnostics).load(gateway_file);
}

}  // namespace weft
