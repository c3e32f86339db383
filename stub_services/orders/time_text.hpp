// A point in time as the services write it: 2024-05-17T08:30:00Z.
#pragma once

#include <array>
#include <ctime>
#include <string>

namespace stub {

inline std::string time_text(std::time_t at) {
    std::tm parts{};
    gmtime_r(&at, &parts);
    std::array<char, 32> text{};
    const auto size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text.data(), size};
}

}  // namespace stub
