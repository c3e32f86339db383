#include "conformance/raw_bytes.hpp"

#include <fstream>
#include <stdexcept>

#include "places.hpp"

namespace weft::conformance {
namespace {

// Each character of the text up to U+00FF stands for the byte of its number.
std::string from_characters(std::string_view utf8) {
    std::string bytes;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte < 0x80) {
            bytes.push_back(utf8[i]);
            continue;
        }
        if (byte > 0xc3) throw std::runtime_error{"a character above U+00FF"};
        const auto next = static_cast<unsigned char>(utf8[++i]);
        bytes.push_back(static_cast<char>((byte & 0x03) << 6 | (next & 0x3f)));
    }
    return bytes;
}

}  // namespace

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

std::string read_bytes(const nlohmann::ordered_json& value) {
    if (value.is_string()) return from_characters(value.get<std::string>());
    std::string bytes;
    for (const auto& part : value) {
        if (part.is_string()) {
            bytes += from_characters(part.get<std::string>());
            continue;
        }
        const auto repeated = from_characters(part.at("repeat").get<std::string>());
        for (auto left = part.at("times").get<int>(); left > 0; --left) bytes += repeated;
    }
    return bytes;
}

nlohmann::ordered_json read_file(const std::string& name) {
    const auto path = source_tree() + "/tests/conformance/" + name;
    std::ifstream file{path};
    if (!file) throw std::runtime_error{path + " is not there"};
    return nlohmann::ordered_json::parse(file);
}

}  // namespace weft::conformance
