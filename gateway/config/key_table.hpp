// The words of one kind of map as a table: a row is a word with all that is known about it, how its
// value is read and where it is stored.
#pragma once

#include <algorithm>
#include <concepts>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "config/reading.hpp"
#include "config/word.hpp"

namespace weft {

template <class T>
struct TableKey {
    Word word;
    std::function<void(Reading&, const WrittenValue&, T&)> read;
};

template <class T>
struct KeyTable {
    std::string_view name;
    std::string_view meaning;
    std::vector<TableKey<T>> keys;
    std::vector<std::vector<std::string_view>> alternatives{};
};

template <class T>
WordMap words_of(const KeyTable<T>& table) {
    WordMap map{table.name, table.meaning, {}, table.alternatives};
    for (const TableKey<T>& key : table.keys) map.words.push_back(key.word);
    return map;
}

template <class V>
void store(V& member, V value, Position) {
    member = std::move(value);
}

template <class V>
void store(Written<V>& member, V value, Position at) {
    member = {std::move(value), at};
}

template <class V>
void store(std::optional<Written<V>>& member, V value, Position at) {
    member = Written<V>{std::move(value), at};
}

template <class V>
void store(std::optional<V>& member, V value, Position) {
    member = std::move(value);
}

template <class V>
const V& bare_value(const V& value) {
    return value;
}

template <class V>
const V& bare_value(const Written<V>& written) {
    return written.value;
}

// How the value a member begins with would be written; empty if there is no such way.
template <class Member, class Type>
std::string default_text(const Member& member, const Type& type) {
    if constexpr (requires { type.text(bare_value(member)); }) return type.text(bare_value(member));
    return {};
}

// A type of value has `form()`, and `read(Reading&, const WrittenValue&)`, which returns an
// optional; without a value, a mistake is reported. `text(value)`, if it has one, is the way back.
template <class T, class Member, class Type>
TableKey<T> key(std::string_view name, Member T::*member, Type type, std::string_view meaning) {
    Word word{name, meaning};
    word.form = type.form();
    word.default_value = default_text(T{}.*member, type);
    return {std::move(word), [member, type](Reading& reading, const WrittenValue& value, T& into) {
                if (auto read = type.read(reading, value))
                    store(into.*member, std::move(*read), value.node.at);
            }};
}

template <class T>
TableKey<T> required(TableKey<T> key) {
    key.word.presence = Presence::required;
    key.word.default_value.clear();
    return key;
}

// For a default that is a rule: `note` is Markdown.
template <class T>
TableKey<T> by_default(std::string_view note, TableKey<T> key) {
    key.word.default_note = note;
    return key;
}

template <class T>
TableKey<T> required_unless(std::string_view other, TableKey<T> key) {
    key.word.presence = Presence::required;
    key.word.unless = other;
    return key;
}

template <class T>
TableKey<T> not_yet(std::string_view name) {
    Word word{name};
    word.presence = Presence::not_yet;
    return {std::move(word), {}};
}

// A map and how messages name it. `at` is where it is named: there its missing keys are reported.
struct Section {
    const YamlNode& node;
    std::string owner;
    Position at;
};

// Reports a section that is no map. Nothing to read then.
bool expect_map(Reading& reading, const Section& section);
void report_unknown_key(
    Reading& reading,
    const Section& section,
    const Written<std::string>& key,
    const std::vector<std::string_view>& known
);
void report_not_yet(Reading& reading, const Written<std::string>& key);
bool has_member(const YamlNode& map, std::string_view key);
void report_missing_key(Reading& reading, const Section& section, std::string_view key);

template <class T>
void read_section(Reading& reading, const Section& section, const KeyTable<T>& table, T& into) {
    if (!expect_map(reading, section)) return;
    const auto& keys = table.keys;
    for (const YamlMember& member : section.node.members) {
        const auto row = std::find_if(keys.begin(), keys.end(), [&](const TableKey<T>& key) {
            return key.word.name == member.key.value;
        });
        if (row == keys.end()) {
            std::vector<std::string_view> known;
            known.reserve(keys.size());
            for (const TableKey<T>& key : keys) known.push_back(key.word.name);
            report_unknown_key(reading, section, member.key, known);
        } else if (row->word.presence == Presence::not_yet) {
            report_not_yet(reading, member.key);
        } else {
            row->read(reading, {*member.value, member.key, section.owner}, into);
        }
    }
    for (const TableKey<T>& key : keys) {
        const Word& word = key.word;
        if (word.presence != Presence::required || has_member(section.node, word.name)) continue;
        if (!word.unless.empty() && has_member(section.node, word.unless)) continue;
        report_missing_key(reading, section, word.name);
    }
}

}  // namespace weft
