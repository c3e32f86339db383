// Ids as all services write them: a letter, a hyphen, a number without leading zeros (u-17).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stub {

std::string make_id(char kind, std::uint64_t number);

// 1 to `last`; nothing if the text is no such id.
std::optional<std::uint64_t> id_number(std::string_view text, char kind, std::uint64_t last);

// The parts of "a,b,c"; empty parts are left out.
std::vector<std::string> split_ids(std::string_view list);

}  // namespace stub
