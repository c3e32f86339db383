#include "unit/config/loading.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace weft::testing {
namespace {

Environment environment_of(const Variables& variables) {
    return [variables](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end() || found->second.empty()) return std::nullopt;
        return found->second;
    };
}

std::string without(std::string text, const std::string& part) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part)) {
        text.erase(at, part.size());
    }
    return text;
}

}  // namespace

ConfigFolder::ConfigFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "weft-config-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
}

ConfigFolder::~ConfigFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

void ConfigFolder::write(const std::string& name, const std::string& bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
}

Loaded load_folder(const ConfigFolder& folder, const Variables& variables) {
    Diagnostics diagnostics;
    Loaded loaded{load(folder.path() / "gateway.yaml", environment_of(variables), diagnostics), {}};
    for (const Diagnostic& diagnostic : diagnostics.sorted()) {
        loaded.diagnostics.push_back(
            without(diagnostics.to_string(diagnostic), folder.path().string() + "/")
        );
    }
    return loaded;
}

Loaded load_gateway_file(const std::string& yaml, const Variables& variables) {
    const ConfigFolder folder;
    folder.write("gateway.yaml", yaml);
    folder.write("r.yaml", "x: { path: /x }\n");
    return load_folder(folder, variables);
}

Loaded load_route_file(const std::string& yaml, const Variables& variables) {
    const ConfigFolder folder;
    folder.write("gateway.yaml", "version: 1\nroutes: r.yaml\n");
    folder.write("r.yaml", yaml);
    return load_folder(folder, variables);
}

Loaded load_step(const std::string& keys, const Variables& variables) {
    std::string yaml = "x:\n  path: /x\n  steps:\n    s:\n";
    std::istringstream lines(keys);
    for (std::string line; std::getline(lines, line);) yaml += "      " + line + '\n';
    return load_route_file(yaml, variables);
}

}  // namespace weft::testing
