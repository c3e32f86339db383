// `select`, `omit` and `rename` from a few words.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/shape_builder.hpp"
#include "json/shape_writer.hpp"

namespace weft {

struct ShapeKeys {
    std::vector<std::string> select = {};
    std::vector<std::string> omit = {};
    std::vector<std::pair<std::string, std::string>> rename = {};
};

inline ShapePath names(std::string_view path) {
    ShapePath names;
    while (!path.empty()) {
        const std::string_view name = path.substr(0, path.find('.'));
        names.emplace_back(name);
        path.remove_prefix(std::min(name.size() + 1, path.size()));
    }
    return names;
}

inline Shape shape_of(const ShapeKeys& keys) {
    ShapeBuilder builder;
    for (const auto& path : keys.select) builder.select(names(path));
    for (const auto& path : keys.omit) builder.omit(names(path));
    for (const auto& [path, name] : keys.rename) builder.rename(names(path), name);
    return std::move(builder).build();
}

inline std::string shaped(std::string_view value, const Shape& shape, ShapeNodeId at) {
    std::string out;
    write_shaped(value, shape, at, [&out](std::string_view part) { out += part; });
    return out;
}

inline std::string shaped(std::string_view value, const ShapeKeys& keys) {
    const Shape shape = shape_of(keys);
    return shaped(value, shape, shape.root());
}

}  // namespace weft
