#include "http_service/ids.hpp"

#include <charconv>

namespace stub {

std::string make_id(char kind, std::uint64_t number) {
    return std::string{kind} + '-' + std::to_string(number);
}

std::optional<std::uint64_t> id_number(std::string_view text, char kind, std::uint64_t last) {
    if (text.size() < 3 || text[0] != kind || text[1] != '-' || text[2] == '0') return std::nullopt;
    std::uint64_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + 2, end, number);
    if (error != std::errc{} || stop != end || number > last) return std::nullopt;
    return number;
}

std::vector<std::string> split_ids(std::string_view list) {
    std::vector<std::string> ids;
    while (!list.empty()) {
        const auto comma = list.find(',');
        if (comma != 0) ids.emplace_back(list.substr(0, comma));
        list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
    }
    return ids;
}

}  // namespace stub
