#include "server/date_cache.hpp"

#include <array>
#include <cstdio>

namespace weft {
namespace {

// Not strftime: day and month names do not follow the locale.
constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> months{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::string_view DateCache::line_at(std::time_t now) {
    if (now == second_) return text_;
    second_ = now;
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 64> text;
    const int length = std::snprintf(
        text.data(),
        text.size(),
        "Date: %s, %02d %s %04d %02d:%02d:%02d GMT\r\n",
        days[static_cast<std::size_t>(parts.tm_wday)],
        parts.tm_mday,
        months[static_cast<std::size_t>(parts.tm_mon)],
        parts.tm_year + 1900,
        parts.tm_hour,
        parts.tm_min,
        parts.tm_sec
    );
    text_.assign(text.data(), static_cast<std::size_t>(length));
    return text_;
}

}  // namespace weft
