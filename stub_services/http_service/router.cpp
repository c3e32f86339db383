#include "http_service/router.hpp"

#include <algorithm>
#include <optional>

#include "http_service/answer.hpp"

namespace stub {
namespace {

constexpr std::string_view id_segment = "/{id}";

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

std::optional<int> digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

// cpp-httplib decodes the path before it is split, which would turn %2F into a separator; so this
// is done here.
std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const auto high = digit(text[i + 1]);
            const auto low = digit(text[i + 2]);
            if (high && low) {
                out += static_cast<char>(*high * 16 + *low);
                i += 2;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

// The id, empty for a route without one; nothing if the path is another's.
std::optional<std::string> match(std::string_view pattern, std::string_view path) {
    if (!pattern.ends_with(id_segment)) {
        return pattern == path ? std::optional<std::string>{""} : std::nullopt;
    }
    const auto prefix = pattern.substr(0, pattern.size() - id_segment.size() + 1);
    if (!path.starts_with(prefix) || path.size() == prefix.size()) return std::nullopt;
    const auto id = path.substr(prefix.size());
    if (id.find('/') != std::string_view::npos) return std::nullopt;
    return decoded(id);
}

bool serves(const Route& route, const std::string& method) {
    return route.method == method || (route.method == "GET" && method == "HEAD");
}

}  // namespace

std::string_view last_segment(std::string_view target) {
    const auto path = path_of(target);
    return path.substr(path.rfind('/') + 1);
}

void Router::answer(const httplib::Request& request, httplib::Response& response) const {
    std::string allowed;
    for (const auto& route : routes_) {
        const auto id = match(route.path, path_of(request.target));
        if (!id) continue;
        if (serves(route, request.method)) {
            route.handler(request, *id, response);
            return;
        }
        allowed += (allowed.empty() ? "" : ", ") + route.method;
        if (route.method == "GET") allowed += ", HEAD";
    }
    if (allowed.empty()) {
        answer_problem(response, 404, "nothing is served at this path");
        return;
    }
    response.set_header("Allow", allowed);
    answer_problem(response, 405, "this path is served with " + allowed);
}

}  // namespace stub
