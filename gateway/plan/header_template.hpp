// The `headers` of a step, compiled, and which headers a route may name at all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/written.hpp"
#include "plan/resolver.hpp"

namespace weft {

// Whether a field is never passed on or set by configuration, whatever the direction (ROUTES.md,
// Headers): it belongs to one connection, to the framing, or to the gateway itself.
bool is_never_forwarded(std::string_view name) noexcept;

// How many headers one map or list can name: of more, no call could carry all (HeadLimits::fields).
inline constexpr std::size_t max_headers = 100;
inline constexpr std::string_view too_many_headers = "a call has room for 100 headers";

bool is_header_name(std::string_view name) noexcept;

// Why configuration cannot set a header; empty if it can.
std::string fault_of_header_name(std::string_view name);

// The headers that are right; errors for the others.
std::vector<HeaderTemplate> compile_headers(
    const std::vector<NamedText>& headers, Use use, Resolver& resolver
);

}  // namespace weft
