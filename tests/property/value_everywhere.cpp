#include "property/value_everywhere.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "compose/render.hpp"
#include "fuzz/grammar/json.hpp"
#include "fuzz/grammar/utf8.hpp"
#include "unit/plan/config_files.hpp"

namespace weft::property {
namespace {

constexpr const char* yaml = R"(r:
  path: /r/{v}
  steps:
    places:
      upstream: orders
      path: /a/${request.path.v}/b-${request.path.v}
      query: { k: "${request.path.v}", l: "<${request.path.v}>", m: "1" }
      headers: { X-V: "${request.path.v}" }
    body:
      upstream: orders
      method: POST
      path: /b
      body: { k: "${request.path.v}", l: [ "<${request.path.v}>" ] }
  response: { body: { p: "${places}", b: "${body}" } }
)";

int hex_digit(char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return static_cast<int>(digits.find(c));
}

// RFC 3986 section 2.1, only what is unreserved unencoded; nothing for any other text.
std::optional<std::string> decoded(std::string_view text) {
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (unreserved.find(text[i]) != std::string_view::npos) {
            plain += text[i];
            continue;
        }
        if (text[i] != '%' || i + 2 >= text.size()) return std::nullopt;
        const int high = hex_digit(text[i + 1]);
        const int low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        plain += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return plain;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

bool holds_control(const std::string& text) {
    return std::ranges::any_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
}

// ROUTES.md, Escaped by position.
bool is_acceptable(const std::string& value) {
    return !value.empty() && value != "." && value != ".." && value.size() <= 256 &&
           grammar::is_utf8(value) && !holds_control(value);
}

std::optional<std::string> decoded_parameter(std::string_view text, std::string_view name) {
    if (!text.starts_with(name)) return std::nullopt;
    return decoded(text.substr(name.size()));
}

bool has_shape(const std::vector<std::string>& halves) {
    return halves.size() == 2 && split(halves[0], '/').size() == 4 &&
           split(halves[1], '&').size() == 3;
}

}  // namespace

ValueEverywhere::ValueEverywhere()
    : snapshot_{test::compile_files({{"routes/r.yaml", yaml}}).snapshot},
      plan_{std::get<ComposePlan>(snapshot_->plans.at(0).work)} {
    run_.snapshot = snapshot_;
    run_.plan = &snapshot_->plans.at(0);
    run_.compose = &plan_;
    run_.inputs.head = &head_;
    run_.inputs.parameters.push_back({"v", "", ""});
}

std::string ValueEverywhere::fault_for(const std::string& value) {
    run_.inputs.parameters.front().value = value;
    const std::string fault = fault_of_places(value);
    return fault.empty() ? fault_of_body(value) : fault;
}

std::string ValueEverywhere::fault_of_places(const std::string& value) {
    const Rendered rendered = render_call(0, Scope{run_, &plan_.steps.at(0), nullptr});
    const auto* call = std::get_if<StepCall>(&rendered);
    if ((call != nullptr) != is_acceptable(value)) return "whether it may be sent";
    if (call == nullptr) return {};
    ++accepted_;
    const auto halves = split(call->target, '?');
    if (!has_shape(halves)) return "the shape of the target";
    const auto segments = split(halves[0], '/');
    const auto parameters = split(halves[1], '&');
    if (segments[0] + segments[1] != "a" || parameters[2] != "m=1") return "the literals";
    if (decoded(segments[2]) != value) return "a segment";
    if (decoded(segments[3]) != "b-" + value) return "a part of a segment";
    if (decoded_parameter(parameters[0], "k=") != value) return "a parameter";
    if (decoded_parameter(parameters[1], "l=") != "<" + value + ">") return "a part of a parameter";
    if (call->headers.size() != 1 || call->headers[0].value() != value) return "a header";
    return {};
}

std::string ValueEverywhere::fault_of_body(const std::string& value) {
    const Rendered rendered = render_call(1, Scope{run_, &plan_.steps.at(1), nullptr});
    const auto* call = std::get_if<StepCall>(&rendered);
    if (call == nullptr) return "any text may stand in a body";
    const auto reading = grammar::read_json(call->body, 2);
    if (reading.error != JsonError::none) return "a body that is not JSON";
    const auto& members = reading.root.members;
    if (members.size() != 2 || members[0].name != "\"k\"" || members[1].name != "\"l\"") {
        return "the members of the body";
    }
    const auto& elements = members[1].value.elements;
    if (!members[0].value.is_string() || elements.size() != 1 || !elements[0].is_string()) {
        return "the types of the body";
    }
    const bool same = grammar::characters(members[0].value.text) == value &&
                      grammar::characters(elements[0].text) == "<" + value + ">";
    return same || !grammar::is_utf8(value) ? "" : "a text of the body";
}

}  // namespace weft::property
