// The types of values the tables of keys are made of. Each reads one value, or reports what is
// wrong with it, and knows what its values look like.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/key_table.hpp"
#include "config/reading.hpp"
#include "config/written.hpp"

namespace weft {

// Never empty, except for a mistake: so that what stands in the wrong place is not reported as
// missing, too. Pattern and choices are for schemas; plan/ checks them with better words.
struct TextType {
    std::string_view looks_like = "text";
    TextUse use = TextUse::literal;
    std::string_view pattern{};
    std::vector<std::string_view> choices{};

    ValueForm form() const;
    std::string text(const std::string& value) const { return value; }
    std::optional<Written<std::string>> read(Reading& reading, const WrittenValue& value) const;
};

struct DurationType {
    milliseconds least;
    milliseconds most;

    ValueForm form() const;
    std::string text(milliseconds value) const;
    std::optional<milliseconds> read(Reading& reading, const WrittenValue& value) const;
};

struct SizeType {
    std::uint64_t least;  // bytes
    std::uint64_t most;

    ValueForm form() const;
    std::string text(std::uint64_t value) const;
    std::optional<std::uint64_t> read(Reading& reading, const WrittenValue& value) const;
};

struct CountType {
    std::uint64_t least;
    std::uint64_t most;

    ValueForm form() const;
    std::string text(std::uint64_t value) const;
    std::optional<std::uint64_t> read(Reading& reading, const WrittenValue& value) const;
};

struct BooleanType {
    ValueForm form() const { return {FormKind::boolean, "`true` or `false`"}; }
    std::string text(bool value) const { return value ? "true" : "false"; }
    std::optional<bool> read(Reading& reading, const WrittenValue& value) const;
};

struct TextListType {
    std::string_view looks_like = "a list of texts";
    std::string_view pattern{};

    ValueForm form() const;
    std::optional<std::vector<Written<std::string>>> read(
        Reading& reading, const WrittenValue& value
    ) const;
};

// One text, or a list of them.
struct TextsType {
    std::string_view looks_like = "text or a list of texts";
    std::string_view pattern{};

    ValueForm form() const;
    std::optional<std::vector<Written<std::string>>> read(
        Reading& reading, const WrittenValue& value
    ) const;
};

// One status code or class, or a list of them: `success`, `null_on`.
struct StatusesType {
    ValueForm form() const;
    std::optional<std::vector<Written<std::string>>> read(
        Reading& reading, const WrittenValue& value
    ) const {
        return TextsType{}.read(reading, value);
    }
};

// A map, code or class -> status: `on_status`.
struct StatusRulesType {
    ValueForm form() const;
    std::optional<std::vector<WrittenStatusRule>> read(Reading& reading, const WrittenValue& value)
        const;
};

// A map of texts, in the order of the file: `query`, `headers`.
struct NamedTextsType {
    std::string_view looks_like = "a map, name to text";
    TextUse use = TextUse::template_text;

    ValueForm form() const { return {FormKind::text_map, std::string(looks_like)}; }
    std::optional<std::vector<NamedText>> read(Reading& reading, const WrittenValue& value) const;
};

// Any value.
struct FreeFormType {
    std::string_view looks_like = "any value";
    TextUse use = TextUse::template_text;

    ValueForm form() const { return {FormKind::anything, std::string(looks_like)}; }
    std::optional<YamlValue> read(Reading& reading, const WrittenValue& value) const;
};

// A map with a table of its own. If T has `at`, it becomes the place of the key.
template <class T>
struct MapType {
    const KeyTable<T>& (*table)();

    ValueForm form() const {
        ValueForm form{FormKind::map, "a map"};
        form.map = [table = table] { return words_of(table()); };
        return form;
    }

    std::optional<T> read(Reading& reading, const WrittenValue& value) const {
        T read;
        if constexpr (requires { read.at; }) read.at = value.key.at;
        const Section section{value.node, in_quotes(value.key.value), value.key.at};
        read_section(reading, section, table(), read);
        return read;
    }
};

// A list of maps with a table of its own; T has `at`. `noun` is what messages call one.
template <class T>
struct MapListType {
    std::string_view noun;
    const KeyTable<T>& (*table)();

    ValueForm form() const {
        ValueForm form{FormKind::maps, "a list of " + std::string(noun) + 's'};
        form.map = [table = table] { return words_of(table()); };
        return form;
    }

    std::optional<std::vector<T>> read(Reading& reading, const WrittenValue& value) const {
        std::vector<T> all;
        if (value.node.kind != YamlNodeKind::list) {
            reading.unexpected(value, "a list of " + std::string(noun) + 's');
            return std::nullopt;
        }
        for (const YamlNode* item : value.node.items) {
            T& one = all.emplace_back();
            one.at = item->at;
            std::string owner = std::string(noun) + ' ' + std::to_string(all.size());
            owner += " of " + std::string(value.owner);
            read_section(reading, {*item, std::move(owner), item->at}, table(), one);
        }
        return all;
    }
};

// A map, name -> map with a table of its own; T has a `name`. `noun` is what messages call one.
template <class T>
struct NamedType {
    std::string_view noun;
    const KeyTable<T>& (*table)();
    std::string_view pattern{};  // of the names; plan/ checks them

    ValueForm form() const {
        ValueForm form{FormKind::named_maps, "a map, name to " + std::string(noun)};
        form.pattern = pattern;
        form.map = [table = table] { return words_of(table()); };
        return form;
    }

    std::optional<std::vector<T>> read(Reading& reading, const WrittenValue& value) const {
        std::vector<T> all;
        if (value.node.kind != YamlNodeKind::map) {
            reading.unexpected(value, "a map, name by name");
            return std::nullopt;
        }
        for (const YamlMember& member : value.node.members) {
            T& one = all.emplace_back();
            one.name = member.key;
            std::string owner = std::string(noun) + ' ' + in_quotes(member.key.value);
            read_section(reading, {*member.value, std::move(owner), member.key.at}, table(), one);
        }
        return all;
    }
};

// A map whose words are stored beside those of the map it stands in; `at` becomes its place.
template <class T>
TableKey<T> part(
    std::string_view name,
    std::optional<Position> T::*at,
    const KeyTable<T>& (*table)(),
    std::string_view meaning
) {
    Word word{name, meaning};
    word.form = MapType<T>{table}.form();
    return {std::move(word), [at, table](Reading& reading, const WrittenValue& value, T& into) {
                into.*at = value.key.at;
                const Section section{value.node, in_quotes(value.key.value), value.key.at};
                read_section(reading, section, table(), into);
            }};
}

}  // namespace weft
