// Whether two JSON values are the same, and which is less: RFC 9535 section 2.3.5.2.2.
#pragma once

#include <compare>
#include <string_view>

#include "json/value.hpp"

namespace weft {

// By the numbers' decimal digits, without a conversion: 1 is 1.0 and 10e-1, and 9007199254740993 is
// not 9007199254740992. Both are valid JSON numbers. Exponents count up to 10^18 and as that
// beyond.
std::strong_ordering compare_json_numbers(std::string_view a, std::string_view b) noexcept;

// Deep; of different types false. Texts are the same by their characters, however escaped; the
// order of an object's members makes no difference. The values were validated before.
bool json_equal(const JsonValue& a, const JsonValue& b);

// Numbers, and texts by code point; false for everything else.
bool json_less(const JsonValue& a, const JsonValue& b);

}  // namespace weft
