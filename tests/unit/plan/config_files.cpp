#include "unit/plan/config_files.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "config/load.hpp"
#include "plan/compile.hpp"

namespace weft::test {
namespace {

class Folder {
  public:
    explicit Folder(const Files& files) {
        std::string name = (std::filesystem::temp_directory_path() / "weft-plan-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{"mkdtemp"};
        path_ = name;
        write("gateway.yaml", usual_gateway);
        for (const auto& [file, bytes] : files) write(file, bytes);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    void write(const std::string& name, const std::string& bytes) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream{path_ / name, std::ios::binary} << bytes;
    }

    std::filesystem::path path_;
};

std::optional<std::string> variable(const std::string& name) {
    if (name == "ORDERS_PATH") return "/orders";
    return std::nullopt;
}

}  // namespace

Files split_files(const std::string& yaml) {
    Files files;
    std::string name = "routes/r.yaml";
    std::istringstream lines{yaml};
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("### ")) {
            name = line.substr(4);
        } else {
            files[name] += line + '\n';
        }
    }
    return files;
}

Compiled compile_files(const Files& files) {
    const Folder folder{files};
    Diagnostics diagnostics;
    const WrittenGateway written = load(folder.path() / "gateway.yaml", variable, diagnostics);
    Compiled compiled;
    compiled.snapshot = compile(written, diagnostics);
    const std::string prefix = folder.path().string() + "/";
    for (const Diagnostic& diagnostic : diagnostics.sorted()) {
        std::string line = diagnostics.to_string(diagnostic);
        for (auto at = line.find(prefix); at != std::string::npos; at = line.find(prefix)) {
            line.erase(at, prefix.size());
        }
        compiled.diagnostics += line + '\n';
    }
    return compiled;
}

WrittenGateway load_files(const Files& files) {
    const Folder folder{files};
    Diagnostics diagnostics;
    WrittenGateway written = load(folder.path() / "gateway.yaml", variable, diagnostics);
    if (diagnostics.has_errors()) throw std::runtime_error{"mistakes"};
    return written;
}

}  // namespace weft::test
