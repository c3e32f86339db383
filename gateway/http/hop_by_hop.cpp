#include "http/hop_by_hop.hpp"

#include <algorithm>
#include <array>

#include "http/character_runs.hpp"

namespace weft {
namespace {

constexpr std::array<std::string_view, 10> hop_by_hop_names{
    "Connection",
    "Keep-Alive",
    "Proxy-Connection",
    "Proxy-Authenticate",
    "Proxy-Authorization",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "HTTP2-Settings",
};

bool names_it(std::span<const std::string_view> names, std::string_view name) noexcept {
    for (const std::string_view each : names) {
        if (equal_ignoring_case(each, name)) return true;
    }
    return false;
}

}  // namespace

bool is_hop_by_hop(std::string_view name) noexcept { return names_it(hop_by_hop_names, name); }

ConnectionOptions::ConnectionOptions(const Fields& fields) noexcept {
    for (const Field& field : fields) {
        if (equal_ignoring_case(field.name, "Connection")) add_list(field.value);
    }
}

// #connection-option: empty elements are allowed to a recipient (RFC 9110 section 5.6.1.2), more
// than a token is not.
void ConnectionOptions::add_list(std::string_view list) noexcept {
    // What nearly all say who say anything.
    if (list == "keep-alive" && names_.empty()) {
        has_keep_alive_ = true;
        names_.push_back(list);
        return;
    }
    for (std::size_t begin = 0; begin < list.size() && !refused_;) {
        const std::size_t comma = std::min(list.find(',', begin), list.size());
        add(trimmed(list.substr(begin, comma - begin)));
        begin = comma + 1;
    }
}

void ConnectionOptions::add(std::string_view name) noexcept {
    if (name.empty()) return;
    has_close_ = has_close_ || equal_ignoring_case(name, "close");
    has_keep_alive_ = has_keep_alive_ || equal_ignoring_case(name, "keep-alive");
    if (names_.size() == most_options || name_run(token_characters, name) != name.size()) {
        refused_ = true;
        return;
    }
    names_.push_back(name);
}

bool ConnectionOptions::has(std::string_view name) const noexcept {
    return names_it(names(), name);
}

}  // namespace weft
