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
struct Text {
    TextUse use = TextUse::literal;
    std::optional<Written<std::string>> read(Reading& reading, const Value& value) const;
};

struct Duration {
    milliseconds least;
    milliseconds most;
    std::optional<milliseconds> read(Reading& reading, const Value& value) const;
};

struct Size {
    std::uint64_t least;
    std::uint64_t most;
    std::optional<std::uint64_t> read(Reading& reading, const Value& value) const;
};

struct Count {
    std::uint64_t least;
    std::uint64_t most;
    std::optional<std::uint64_t> read(Reading& reading, const Value& value) const;
};

struct Boolean {
    std::optional<bool> read(Reading& reading, const Value& value) const;
};

struct TextList {
    std::optional<std::vector<Written<std::string>>> read(Reading& reading, const Value& value)
        const;
};

// A map of texts, in the order of the file: `query`, `headers`.
struct NamedTexts {
    std::optional<std::vector<NamedText>> read(Reading& reading, const Value& value) const;
};

// Any value.
struct FreeForm {
    std::optional<YamlValue> read(Reading& reading, const Value& value) const;
};

// One of a few words.
template <class E>
struct Choice {
    std::vector<std::pair<std::string_view, E>> words;

    std::optional<E> read(Reading& reading, const Value& value) const {
        std::string expected;
        for (const auto& [word, meaning] : words) {
            if (!expected.empty()) expected += ", ";
            expected += word;
        }
        expected = "one of " + expected;
        const std::optional<Scalar> scalar = reading.scalar(value, expected);
        if (!scalar) return std::nullopt;
        for (const auto& [word, meaning] : words) {
            if (word == scalar->text) return meaning;
        }
        reading.wrong(value, "must be " + expected + ", not " + in_quotes(scalar->text));
        return std::nullopt;
    }
};

// A map with a table of its own.
template <class T>
struct Map {
    const KeyTable<T>& (*table)();

    std::optional<T> read(Reading& reading, const Value& value) const {
        T read;
        const Section section{value.node, in_quotes(value.key.value), value.key.at};
        read_section(reading, section, table(), read);
        return read;
    }
};

// A map, name -> map with a table of its own; T has a `name`. `noun` is what messages call one.
template <class T>
struct Named {
    std::string_view noun;
    const KeyTable<T>& (*table)();

    std::optional<std::vector<T>> read(Reading& reading, const Value& value) const {
        std::vector<T> all;
        if (value.node.kind != NodeKind::map) {
            reading.unexpected(value, "a map, name by name");
            return std::nullopt;
        }
        for (const NodeMember& member : value.node.members) {
            T& one = all.emplace_back();
            one.name = member.key;
            std::string owner = std::string(noun) + ' ' + in_quotes(member.key.value);
            read_section(reading, {*member.value, std::move(owner), member.key.at}, table(), one);
        }
        return all;
    }
};

}  // namespace weft
