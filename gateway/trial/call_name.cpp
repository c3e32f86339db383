#include "trial/call_name.hpp"

#include <algorithm>

#include "http/target.hpp"

namespace weft {
namespace {

std::pair<std::string, std::string> parameter(std::string_view text) {
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::string_view value = text.substr(std::min(equals + 1, text.size()));
    return {percent_decode(text.substr(0, equals)), percent_decode(value)};
}

std::size_t common_length(std::string_view a, std::string_view b) {
    const auto ends = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return static_cast<std::size_t>(ends.first - a.begin());
}

}  // namespace

std::optional<CallName> CallName::of(Method method, std::string_view target) {
    const auto parts = check_origin_form(target);
    if (!parts) return std::nullopt;
    CallName name;
    name.method_ = method;
    for (const auto segment : split_path(parts->path)) {
        name.segments_.push_back(percent_decode(segment));
    }
    for (std::string_view rest = parts->query; !rest.empty();) {
        const std::size_t end = std::min(rest.find('&'), rest.size());
        name.parameters_.push_back(parameter(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    std::ranges::sort(name.parameters_);
    return name;
}

// Segments count most, then how far the first other one agrees, then parameters and the method.
std::size_t CallName::likeness(const CallName& other) const {
    const auto ends = std::ranges::mismatch(segments_, other.segments_);
    std::size_t points = 256 * static_cast<std::size_t>(ends.in1 - segments_.begin());
    if (ends.in1 != segments_.end() && ends.in2 != other.segments_.end()) {
        points += std::min<std::size_t>(common_length(*ends.in1, *ends.in2), 63) * 4;
    }
    for (const auto& each : parameters_) {
        points += 2 * static_cast<std::size_t>(std::ranges::count(other.parameters_, each));
    }
    return points + (method_ == other.method_ ? 1 : 0);
}

}  // namespace weft
