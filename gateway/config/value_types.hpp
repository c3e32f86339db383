// The types of values the tables of keys are made of. Each reads one value, or reports what is
// wrong with it.
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
// missing, too.
struct TextType {
    TextUse use = TextUse::literal;
    std::optional<Written<std::string>> read(Reading& reading, const WrittenValue& value) const;
};

struct DurationType {
    milliseconds least;
    milliseconds most;
    std::optional<milliseconds> read(Reading& reading, const WrittenValue& value) const;
};

struct SizeType {
    std::uint64_t least;
    std::uint64_t most;
    std::optional<std::uint64_t> read(Reading& reading, const WrittenValue& value) const;
};

struct CountType {
    std::uint64_t least;
    std::uint64_t most;
    std::optional<std::uint64_t> read(Reading& reading, const WrittenValue& value) const;
};

struct BooleanType {
    std::optional<bool> read(Reading& reading, const WrittenValue& value) const;
};

struct TextListType {
    std::optional<std::vector<Written<std::string>>> read(
        Reading& reading, const WrittenValue& value
    ) const;
};

// One text, or a list of them.
struct TextsType {
    std::optional<std::vector<Written<std::string>>> read(
        Reading& reading, const WrittenValue& value
    ) const;
};

// A map, code or class -> status: `on_status`.
struct StatusRulesType {
    std::optional<std::vector<WrittenStatusRule>> read(Reading& reading, const WrittenValue& value)
        const;
};

// A map of texts, in the order of the file: `query`, `headers`.
struct NamedTextsType {
    std::optional<std::vector<NamedText>> read(Reading& reading, const WrittenValue& value) const;
};

// Any value.
struct FreeFormType {
    std::optional<YamlValue> read(Reading& reading, const WrittenValue& value) const;
};

// A map with a table of its own.
template <class T>
struct MapType {
    const KeyTable<T>& (*table)();

    std::optional<T> read(Reading& reading, const WrittenValue& value) const {
        T read;
        const Section section{value.node, in_quotes(value.key.value), value.key.at};
        read_section(reading, section, table(), read);
        return read;
    }
};

// A map, name -> map with a table of its own; T has a `name`. `noun` is what messages call one.
template <class T>
struct NamedType {
    std::string_view noun;
    const KeyTable<T>& (*table)();

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

}  // namespace weft
