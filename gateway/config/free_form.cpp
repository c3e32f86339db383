#include <algorithm>
#include <array>

#include "config/value_types.hpp"

namespace weft {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t skip_digits(std::string_view text, std::size_t from) {
    while (from < text.size() && is_digit(text[from])) ++from;
    return from;
}

// Where an exponent that begins at `from` ends; `from` itself if there is none.
std::size_t skip_exponent(std::string_view text, std::size_t from) {
    if (from == text.size() || (text[from] | 0x20) != 'e') return from;
    std::size_t at = from + 1;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t end = skip_digits(text, at);
    return end == at ? from : end;
}

// RFC 8259, section 6.
bool is_json_number(std::string_view text) {
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = at;
    at = skip_digits(text, at);
    if (at == whole || (text[whole] == '0' && at - whole > 1)) return false;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = at + 1;
        at = skip_digits(text, fraction);
        if (at == fraction) return false;
    }
    return skip_exponent(text, at) == text.size();
}

// What the YAML 1.2 core schema takes for a number besides: `+1`, `.5`, `5.`, `0x1F`, `0o17`,
// `.inf`, `.nan`.
bool is_yaml_number(std::string_view text) {
    if (text.starts_with("0x") || text.starts_with("0o")) {
        return text.size() > 2 &&
               text.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos;
    }
    std::size_t at = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
    constexpr std::array<std::string_view, 6> special{
        ".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"};
    if (std::find(special.begin(), special.end(), text.substr(at)) != special.end()) return true;
    const std::size_t whole = skip_digits(text, at);
    const bool has_whole = whole > at;
    at = whole;
    if (at < text.size() && text[at] == '.') at = skip_digits(text, at + 1);
    const bool has_fraction = at > whole + 1;
    return (has_whole || has_fraction) && skip_exponent(text, at) == text.size();
}

bool is_yaml_boolean(std::string_view text) {
    constexpr std::array<std::string_view, 4> spellings{"True", "TRUE", "False", "FALSE"};
    return std::find(spellings.begin(), spellings.end(), text) != spellings.end();
}

YamlKind kind_of_plain(std::string_view text) {
    if (text == "true" || text == "false") return YamlKind::boolean;
    return is_json_number(text) ? YamlKind::number : YamlKind::text;
}

class FreeFormReader {
  public:
    FreeFormReader(Reading& reading, TextUse use) : reading_(reading), use_(use) {}

    // The depth is bounded by YamlTree.
    YamlValue read(const YamlNode& node);

  private:
    YamlValue read_scalar(const YamlNode& node, YamlValue value);

    Reading& reading_;
    TextUse use_;
};

YamlValue FreeFormReader::read(const YamlNode& node) {
    YamlValue value;
    value.at = node.at;
    if (node.kind == YamlNodeKind::scalar) return read_scalar(node, std::move(value));
    if (node.kind == YamlNodeKind::list) {
        value.kind = YamlKind::list;
        for (const YamlNode* item : node.items) value.items.push_back(read(*item));
    }
    if (node.kind == YamlNodeKind::map) {
        value.kind = YamlKind::map;
        for (const YamlMember& member : node.members) {
            value.members.push_back({member.key, read(*member.value)});
        }
    }
    return value;
}

YamlValue FreeFormReader::read_scalar(const YamlNode& node, YamlValue value) {
    std::optional<WrittenScalar> scalar = reading_.scalar(node, use_);
    if (!scalar) return value;
    value.at = scalar->at;
    value.kind = YamlKind::text;
    if (scalar->plain && !scalar->from_environment) {
        value.kind = kind_of_plain(node.scalar);
        const bool ambiguous = is_yaml_boolean(node.scalar) || is_yaml_number(node.scalar);
        if (value.kind == YamlKind::text && ambiguous) {
            reading_.error(
                node.at,
                in_quotes(node.scalar) +
                    " is not JSON: write it as JSON does, or in quotes if it is text"
            );
        }
    }
    value.scalar = std::move(scalar->text);
    return value;
}

}  // namespace

std::optional<YamlValue> FreeFormType::read(Reading& reading, const WrittenValue& value) const {
    return FreeFormReader(reading, use).read(value.node);
}

}  // namespace weft
