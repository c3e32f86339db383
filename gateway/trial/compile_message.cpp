#include "trial/compile_message.hpp"

#include <string>
#include <string_view>

#include "http/message_writer.hpp"
#include "json/text.hpp"
#include "plan/header_template.hpp"

namespace weft {
namespace {

// The depth is bounded by the reader of the file.
void append_json(std::string& out, const YamlValue& value) {
    switch (value.kind) {
        case YamlKind::null:
            out += "null";
            return;
        case YamlKind::boolean:
        case YamlKind::number:
            out += value.scalar;
            return;
        case YamlKind::text:
            append_json_string(out, value.scalar);
            return;
        case YamlKind::list:
            out += '[';
            for (const YamlValue& item : value.items) {
                if (&item != &value.items.front()) out += ',';
                append_json(out, item);
            }
            out += ']';
            return;
        case YamlKind::map:
            break;
    }
    out += '{';
    for (const auto& [name, member] : value.members) {
        if (&name != &value.members.front().name) out += ',';
        append_json_string(out, name.value);
        out += ':';
        append_json(out, member);
    }
    out += '}';
}

// Which fields of a message no test writes or sees: they follow from its body and the connection.
bool is_framing(std::string_view name) {
    std::string line;
    HeadWriter{line}.field(name, {});
    return line.empty();
}

bool can_be_sent(std::string_view name, std::string_view value) {
    std::string line;
    HeadWriter{line}.field(name, value);
    return !line.empty();
}

bool check_name(const Written<std::string>& name, Diagnostics& diagnostics) {
    const bool is_name = is_header_name(name.value);
    if (!is_name) {
        diagnostics.error(name.at, in_quotes(name.value) + " is not a header's name");
    } else if (is_framing(name.value)) {
        diagnostics.error(
            name.at,
            "the header " + in_quotes(name.value) +
                " follows from the body and the connection: leave it out"
        );
    }
    return is_name && !is_framing(name.value);
}

}  // namespace

TestBody compile_test_body(const YamlValue& written) {
    if (written.kind == YamlKind::text) return {false, written.scalar};
    TestBody body{true, {}};
    append_json(body.text, written);
    return body;
}

std::vector<OwnedField> compile_fields(
    const std::vector<NamedText>& written, Diagnostics& diagnostics
) {
    std::vector<OwnedField> fields;
    for (const auto& [name, value] : written) {
        if (!check_name(name, diagnostics)) continue;
        if (!can_be_sent(name.value, value.value)) {
            diagnostics.error(
                value.at, "the header " + in_quotes(name.value) + " cannot hold control characters"
            );
        }
        fields.emplace_back(name.value, value.value);
    }
    return fields;
}

ExpectedMessage compile_expectation(const WrittenExpectation& written, Diagnostics& diagnostics) {
    ExpectedMessage expected;
    for (const WrittenExpectedHeader& header : written.headers) {
        check_name(header.name, diagnostics);
        ExpectedHeader& compiled = expected.headers.emplace_back();
        compiled.name = header.name.value;
        if (header.value) compiled.value = header.value->value;
    }
    if (written.body) expected.body = compile_test_body(*written.body);
    const Written<std::string>& match = written.body_match;
    if (match.value == "contains") {
        expected.match = BodyMatch::contains;
    } else if (match.value != "exact" && !match.value.empty()) {
        diagnostics.error(
            match.at,
            "\"body_match\" is exact or contains, not " + in_quotes(match.value) +
                did_you_mean(match.value, {"exact", "contains"})
        );
    }
    return expected;
}

}  // namespace weft
