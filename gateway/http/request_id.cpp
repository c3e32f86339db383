#include "http/request_id.hpp"

#include <algorithm>
#include <cstddef>

namespace weft {
namespace {

constexpr std::size_t longest_id = 64;

constexpr bool is_id_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

}  // namespace

bool is_request_id(std::string_view text) noexcept {
    return !text.empty() && text.size() <= longest_id && std::ranges::all_of(text, is_id_character);
}

}  // namespace weft
