// Loads YAML given as text, from a folder of its own that is removed again.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "config/load.hpp"

namespace weft::testing {

class ConfigFolder {
  public:
    ConfigFolder();
    ~ConfigFolder();
    ConfigFolder(const ConfigFolder&) = delete;
    ConfigFolder& operator=(const ConfigFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    // `name` may hold folders.
    void write(const std::string& name, const std::string& bytes) const;

  private:
    std::filesystem::path path_;
};

struct Loaded {
    WrittenGateway gateway;
    std::vector<std::string> diagnostics;  // as printed, without the folder
};

using Variables = std::map<std::string, std::string>;

// Loads `gateway.yaml` of the folder.
Loaded load_folder(const ConfigFolder& folder, const Variables& variables = {});

// The gateway file is `yaml` and may name `routes: r.yaml`, which holds one small route.
Loaded load_gateway_file(const std::string& yaml, const Variables& variables = {});

// The route file is `yaml`, called r.yaml.
Loaded load_route_file(const std::string& yaml, const Variables& variables = {});

// The fields of a step `s` of a route `x`, one line each, without indentation.
Loaded load_step(const std::string& keys, const Variables& variables = {});

}  // namespace weft::testing
