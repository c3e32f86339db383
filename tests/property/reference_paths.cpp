#include "property/reference_paths.hpp"

#include <algorithm>

namespace weft::property {
namespace {

bool keeps(const std::vector<std::string>& paths, const std::string& at) {
    return std::ranges::any_of(paths, [&](const std::string& path) {
        return path == at || at.starts_with(path + ".") || path.starts_with(at + ".");
    });
}

}  // namespace

void find(const Json& at, std::vector<ModelSegment> path, Found& found) {
    if (path.empty()) return found.values.push_back(at);
    const ModelSegment first = path.front();
    path.erase(path.begin());
    if (const auto* name = std::get_if<std::string>(&first)) {
        if (at.is_object() && at.contains(*name)) find(at.at(*name), path, found);
    } else if (const auto* index = std::get_if<std::size_t>(&first)) {
        if (at.is_array() && *index < at.size()) find(at.at(*index), path, found);
    } else if (at.is_array()) {
        for (const Json& element : at) find(element, path, found);
    } else {
        found.not_a_list = true;
    }
}

Json shaped(const Json& value, const ModelStep& step, const std::string& at) {
    if (value.is_array()) {
        Json array = Json::array();
        for (const Json& element : value) array.push_back(shaped(element, step, at));
        return array;
    }
    if (!value.is_object()) return value;
    Json object = Json::object();
    for (const auto& [name, member] : value.items()) {
        const std::string path = at.empty() ? name : at + "." + name;
        if (!step.select.empty() && !keeps(step.select, path)) continue;
        if (std::ranges::find(step.omit, path) != step.omit.end()) continue;
        object[name] = shaped(member, step, path);
    }
    return object;
}

}  // namespace weft::property
