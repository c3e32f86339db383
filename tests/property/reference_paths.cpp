#include "property/reference_paths.hpp"

#include <algorithm>

#include "property/reference_text.hpp"

namespace weft::property {
namespace {

const std::string* renamed(const ModelStep& step, const std::string& place) {
    for (const auto& [from, to] : step.rename) {
        if (from == place) return &to;
    }
    return nullptr;
}

std::string below(const std::string& place, const std::string& name) {
    return place.empty() ? name : place + "." + name;
}

// Whether a member of the object that is sent takes this name.
bool gives_way(
    const Json& object, const ModelStep& step, const std::string& place, const std::string& name
) {
    return std::ranges::any_of(object.items(), [&](const auto& other) {
        const std::string at = below(place, other.key());
        const std::string* taken = is_hidden(step, at) ? nullptr : renamed(step, at);
        return taken != nullptr && *taken == name;
    });
}

}  // namespace

void find(const Json& at, ModelPath path, Found& found) {
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

std::string place_below(const std::string& at, const ModelPath& path) {
    std::string place = at;
    for (const ModelSegment& segment : path) {
        if (const auto* name = std::get_if<std::string>(&segment)) place = below(place, *name);
    }
    return place;
}

bool is_hidden(const ModelStep& step, const std::string& place) {
    const bool omitted = std::ranges::any_of(step.omit, [&](const std::string& path) {
        return is_or_begins(place, path);
    });
    const bool leads_to_selected = std::ranges::any_of(step.select, [&](const std::string& path) {
        return place.empty() || is_or_begins(path, place);
    });
    return omitted || (!leads_to_selected && !sends_scalar(step, place));
}

bool sends_scalar(const ModelStep& step, const std::string& place) {
    return step.select.empty() || std::ranges::any_of(step.select, [&](const std::string& path) {
               return is_or_begins(place, path);
           });
}

Json shaped(const Json& value, const ModelStep& step, const std::string& place) {
    if (value.is_array()) {
        Json array = Json::array();
        for (const Json& element : value) array.push_back(shaped(element, step, place));
        return array;
    }
    if (!value.is_object()) return sends_scalar(step, place) ? value : Json{};
    Json object = Json::object();
    for (const auto& [name, member] : value.items()) {
        const std::string at = below(place, name);
        const std::string* other = renamed(step, at);
        if (is_hidden(step, at)) continue;
        if (other == nullptr && gives_way(value, step, place, name)) continue;
        object[other == nullptr ? name : *other] = shaped(member, step, at);
    }
    return object;
}

}  // namespace weft::property
