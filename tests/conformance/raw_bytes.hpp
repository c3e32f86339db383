// Bytes as the case files write them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace weft::conformance {

std::string from_base64(std::string_view text);

// A text, or a list of texts and of {"repeat": text, "times": number}. Each character of a text,
// up to U+00FF, stands for the byte of its number.
std::string read_bytes(const nlohmann::ordered_json& value);

// A file of this folder. Throws if it is not there.
nlohmann::ordered_json read_file(const std::string& name);

}  // namespace weft::conformance
