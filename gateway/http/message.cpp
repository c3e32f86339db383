#include "http/message.hpp"

#include <algorithm>
#include <array>

namespace weft {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 9> method_names{
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "CONNECT",
    "TRACE",
};
static_assert(method_names[static_cast<std::size_t>(Method::trace)] == "TRACE");

}  // namespace

std::string_view to_string(Method method) noexcept {
    return method_names[static_cast<std::size_t>(method)];
}

std::optional<Method> parse_method(std::string_view text) noexcept {
    const auto found = std::find(method_names.begin(), method_names.end(), text);
    if (found == method_names.end()) return std::nullopt;
    return static_cast<Method>(found - method_names.begin());
}

bool is_idempotent(Method method) noexcept {
    return method != Method::post && method != Method::patch && method != Method::connect;
}

}  // namespace weft
