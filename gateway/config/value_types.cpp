#include "config/value_types.hpp"

#include "config/quantity.hpp"

namespace weft {
namespace {

std::string range_problem(const std::string& least, const std::string& most, bool is_zero) {
    std::string problem = "must be from " + least + " to " + most;
    if (is_zero) problem += "; 0 does not mean unlimited";
    return problem;
}

// The text of a scalar that may be a number or a boolean.
std::optional<std::string> bare(
    Reading& reading, const WrittenValue& value, std::string_view expected
) {
    std::optional<WrittenScalar> scalar = reading.scalar(value, expected);
    if (!scalar) return std::nullopt;
    if (scalar->plain || scalar->from_environment) return std::move(scalar->text);
    reading.wrong(value, "must be " + std::string(expected) + ", without quotes");
    return std::nullopt;
}

// Reports what is wrong with a parsed quantity.
template <class T>
std::optional<T> accept(Reading& reading, const WrittenValue& value, const Quantity<T>& parsed) {
    if (!parsed.value) reading.wrong(value, parsed.problem);
    return parsed.value;
}

// `from 1ms to 60m`, after `noun`.
ValueForm ranged(
    FormKind kind, std::string noun, const std::string& least, const std::string& most
) {
    return {kind, std::move(noun) + " from " + least + " to " + most};
}

}  // namespace

ValueForm TextType::form() const {
    ValueForm form{FormKind::text, std::string(looks_like), std::string(pattern), choices};
    return form;
}

ValueForm DurationType::form() const {
    ValueForm form = ranged(FormKind::quantity, "a duration", text(least), text(most));
    form.pattern = duration_pattern();
    return form;
}

ValueForm SizeType::form() const {
    ValueForm form = ranged(FormKind::quantity, "a size", text(least), text(most));
    form.pattern = size_pattern();
    return form;
}

ValueForm CountType::form() const {
    ValueForm form = ranged(FormKind::count, "a number", text(least), text(most));
    form.least = least;
    form.most = most;
    return form;
}

ValueForm TextListType::form() const {
    return {FormKind::texts, std::string(looks_like), std::string(pattern)};
}

ValueForm TextsType::form() const {
    return {FormKind::text_or_texts, std::string(looks_like), std::string(pattern)};
}

ValueForm StatusesType::form() const {
    return {FormKind::statuses, "a status such as `404` or `5xx`, or a list of them"};
}

ValueForm StatusRulesType::form() const {
    return {FormKind::status_map, "a map, status such as `404` or `5xx` to status"};
}

std::string DurationType::text(milliseconds value) const { return to_text(value); }
std::string SizeType::text(std::uint64_t value) const { return size_to_text(value); }
std::string CountType::text(std::uint64_t value) const { return std::to_string(value); }

std::optional<Written<std::string>> TextType::read(Reading& reading, const WrittenValue& value)
    const {
    Written<std::string> mistaken{{}, value.node.at};
    std::optional<WrittenScalar> scalar = reading.scalar(value, "text", use);
    if (!scalar) return mistaken;
    if (scalar->text.empty()) reading.wrong(value, "must not be empty");
    return Written<std::string>{std::move(scalar->text), scalar->at};
}

std::optional<milliseconds> DurationType::read(Reading& reading, const WrittenValue& value) const {
    const auto scalar = reading.scalar(value, "a duration such as 200ms, 2s or 1m");
    if (!scalar) return std::nullopt;
    const auto duration = accept(reading, value, parse_duration(scalar->text));
    if (!duration || (*duration >= least && *duration <= most)) return duration;
    const bool is_zero = duration->count() == 0;
    reading.wrong(value, range_problem(to_text(least), to_text(most), is_zero));
    return std::nullopt;
}

std::optional<std::uint64_t> SizeType::read(Reading& reading, const WrittenValue& value) const {
    const auto scalar = reading.scalar(value, "a size such as 512B, 8KiB or 1MiB");
    if (!scalar) return std::nullopt;
    const auto size = accept(reading, value, parse_size(scalar->text));
    if (!size || (*size >= least && *size <= most)) return size;
    reading.wrong(value, range_problem(size_to_text(least), size_to_text(most), *size == 0));
    return std::nullopt;
}

std::optional<std::uint64_t> CountType::read(Reading& reading, const WrittenValue& value) const {
    const auto text = bare(reading, value, "a whole number such as 100");
    if (!text) return std::nullopt;
    const auto count = accept(reading, value, parse_count(*text));
    if (!count || (*count >= least && *count <= most)) return count;
    reading.wrong(value, range_problem(std::to_string(least), std::to_string(most), *count == 0));
    return std::nullopt;
}

std::optional<bool> BooleanType::read(Reading& reading, const WrittenValue& value) const {
    const auto text = bare(reading, value, "true or false");
    if (!text) return std::nullopt;
    if (*text == "true" || *text == "false") return *text == "true";
    reading.wrong(value, "must be true or false, not " + in_quotes(*text));
    return std::nullopt;
}

std::optional<std::vector<Written<std::string>>> TextListType::read(
    Reading& reading, const WrittenValue& value
) const {
    if (value.node.kind != YamlNodeKind::list) {
        reading.unexpected(value, "a list of texts");
        return std::nullopt;
    }
    std::vector<Written<std::string>> texts;
    for (const YamlNode* item : value.node.items) {
        auto text = TextType{}.read(reading, {*item, value.key, value.owner});
        if (text && !text->value.empty()) texts.push_back(std::move(*text));
    }
    return texts;
}

std::optional<std::vector<Written<std::string>>> TextsType::read(
    Reading& reading, const WrittenValue& value
) const {
    if (value.node.kind == YamlNodeKind::list) return TextListType{}.read(reading, value);
    auto text = TextType{}.read(reading, value);
    std::vector<Written<std::string>> texts;
    if (text && !text->value.empty()) texts.push_back(std::move(*text));
    return texts;
}

std::optional<std::vector<WrittenStatusRule>> StatusRulesType::read(
    Reading& reading, const WrittenValue& value
) const {
    if (value.node.kind != YamlNodeKind::map) {
        reading.unexpected(value, "a map, status by status");
        return std::nullopt;
    }
    std::vector<WrittenStatusRule> rules;
    const std::string owner = in_quotes(value.key.value) + " of " + std::string(value.owner);
    for (const YamlMember& member : value.node.members) {
        const auto to = CountType{400, 599}.read(reading, {*member.value, member.key, owner});
        if (to) rules.push_back({member.key, {*to, member.value->at}});
    }
    return rules;
}

std::optional<std::vector<NamedText>> NamedTextsType::read(
    Reading& reading, const WrittenValue& value
) const {
    if (value.node.kind != YamlNodeKind::map) {
        reading.unexpected(value, "a map, name by name");
        return std::nullopt;
    }
    std::vector<NamedText> texts;
    const std::string owner = in_quotes(value.key.value) + " of " + std::string(value.owner);
    for (const YamlMember& member : value.node.members) {
        const WrittenValue text{*member.value, member.key, owner};
        std::optional<WrittenScalar> scalar = reading.scalar(text, "text", use);
        if (!scalar) continue;
        texts.emplace_back(member.key, Written<std::string>{std::move(scalar->text), scalar->at});
    }
    return texts;
}

}  // namespace weft
