// The words of one kind of map as a table: a row is a word, how its value is read and where it is
// stored. Everything that is to be known about a word stands in its row.
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

namespace weft {

enum class Presence : std::uint8_t {
    optional,
    required,
    not_yet,  // a word of the language that this version does not have
};

template <class T>
struct TableKey {
    std::string_view name;
    Presence presence = Presence::optional;
    std::function<void(Reading&, const WrittenValue&, T&)> read;
};

template <class T>
using KeyTable = std::vector<TableKey<T>>;

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

// A type of value has `read(Reading&, const WrittenValue&)`, which returns an optional; without a
// value, a mistake is reported.
template <class T, class Member, class Type>
TableKey<T> key(std::string_view name, Member T::*member, Type type) {
    return {
        name,
        Presence::optional,
        [member, type](Reading& reading, const WrittenValue& value, T& into) {
            if (auto read = type.read(reading, value))
                store(into.*member, std::move(*read), value.node.at);
        }};
}

template <class T>
TableKey<T> required(TableKey<T> key) {
    key.presence = Presence::required;
    return key;
}

template <class T>
TableKey<T> not_yet(std::string_view name) {
    return {name, Presence::not_yet, {}};
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
    for (const YamlMember& member : section.node.members) {
        const auto row = std::find_if(table.begin(), table.end(), [&](const TableKey<T>& key) {
            return key.name == member.key.value;
        });
        if (row == table.end()) {
            std::vector<std::string_view> known;
            for (const TableKey<T>& key : table) known.push_back(key.name);
            report_unknown_key(reading, section, member.key, known);
        } else if (row->presence == Presence::not_yet) {
            report_not_yet(reading, member.key);
        } else {
            row->read(reading, {*member.value, member.key, section.owner}, into);
        }
    }
    for (const TableKey<T>& key : table) {
        if (key.presence == Presence::required && !has_member(section.node, key.name)) {
            report_missing_key(reading, section, key.name);
        }
    }
}

}  // namespace weft
