// Where a message is not what was expected: one entry for each place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/fields.hpp"
#include "trial/route_test.hpp"

namespace weft {

enum class MessagePart : std::uint8_t { route, status, header, body };

// Values are JSON texts; nothing: there is none.
struct Difference {
    MessagePart part = MessagePart::body;
    std::string place;  // the header's name, or the JSON Pointer in the body
    std::optional<std::string> expected;
    std::optional<std::string> got;

    bool operator==(const Difference&) const = default;
};

std::vector<Difference> message_differences(
    const ExpectedMessage& expected, const std::vector<OwnedField>& fields, std::string_view body
);

// Of two JSON documents, of which `expected` is valid. Numbers are the same if their decimal
// digits mean the same; the order of an object's members makes no difference.
std::vector<Difference> json_differences(
    std::string_view expected, std::string_view got, BodyMatch match
);

std::string json_text_of(std::string_view text);

}  // namespace weft
