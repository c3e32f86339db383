#include "trial/difference.hpp"

#include "json/text.hpp"

namespace weft {
namespace {

std::optional<std::string> joined(const std::vector<OwnedField>& fields, std::string_view name) {
    Fields views;
    for (const OwnedField& field : fields) views.push_back({field.name(), field.value()});
    return joined_field(views, name);
}

std::optional<std::string> as_json(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    return json_text_of(*text);
}

}  // namespace

std::string json_text_of(std::string_view text) {
    std::string json;
    append_json_string(json, text);
    return json;
}

std::vector<Difference> message_differences(
    const ExpectedMessage& expected, const std::vector<OwnedField>& fields, std::string_view body
) {
    std::vector<Difference> all;
    for (const ExpectedHeader& header : expected.headers) {
        const auto got = joined(fields, header.name);
        if (got == header.value) continue;
        all.push_back({MessagePart::header, header.name, as_json(header.value), as_json(got)});
    }
    if (!expected.body) return all;
    if (expected.body->is_json) {
        const auto found = json_differences(expected.body->text, body, expected.match);
        all.insert(all.end(), found.begin(), found.end());
    } else if (expected.body->text != body) {
        all.push_back({MessagePart::body, {}, json_text_of(expected.body->text), json_text_of(body)}
        );
    }
    return all;
}

}  // namespace weft
