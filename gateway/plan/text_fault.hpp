// What is wrong inside one scalar, before its place in a file is known.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace weft {

struct TextFault {
    std::size_t offset = 0;  // bytes from the scalar's first
    std::string message;
};

// What reading a scalar gives: the thing, or the first fault.
template <class T>
using OrFault = std::variant<T, TextFault>;

// For something that belongs to a later version of the language.
inline std::string unsupported(std::string_view what) {
    return std::string{what} + " is not supported by this version of Weft";
}

}  // namespace weft
