#include "conformance/cases.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

#include "places.hpp"

namespace weft::conformance {
namespace {

std::string from_base64(std::string_view text) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned int held = 0;
    int bits = 0;
    for (const char c : text) {
        if (c == '=') break;
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) throw std::runtime_error{"not base64"};
        held = held << 6 | static_cast<unsigned int>(value);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes.push_back(static_cast<char>(held >> bits & 0xff));
    }
    return bytes;
}

template <class T>
std::optional<T> optional_member(const nlohmann::json& object, const char* name) {
    const auto& value = object.at(name);
    if (value.is_null()) return std::nullopt;
    return value.get<T>();
}

Case read_case(const nlohmann::json& object) {
    Case read;
    read.id = object.at("id").get<std::string>();
    read.bytes = from_base64(object.at("b64").get<std::string>());
    read.answers = object.at("answers").get<std::vector<std::vector<int>>>();
    read.closes = optional_member<bool>(object, "closes");
    read.upstream = optional_member<int>(object, "upstream");
    read.waits = object.at("waits").get<bool>();
    read.why = object.at("why").get<std::string>();
    return read;
}

}  // namespace

std::vector<Case> load_cases() {
    std::ifstream file{source_tree() + "/tests/conformance/http1.json"};
    if (!file) throw std::runtime_error{"tests/conformance/http1.json is not there"};
    std::vector<Case> cases;
    for (const auto& object : nlohmann::json::parse(file)) cases.push_back(read_case(object));
    return cases;
}

}  // namespace weft::conformance
