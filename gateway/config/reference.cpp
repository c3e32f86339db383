#include "config/reference.hpp"

#include <algorithm>

namespace weft {
namespace {

// In a cell a bar would end it.
std::string cell(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '|') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string in_code(std::string_view text) { return '`' + std::string{text} + '`'; }

std::string list_of(const std::vector<std::string_view>& words, std::string_view last_separator) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? last_separator : ", ";
        text += in_code(words[i]);
    }
    return text;
}

std::string value_of(const ValueForm& form) {
    if (form.map) {
        const std::string name{form.map().name};
        std::string link = '[' + name + "](#" + name + ')';
        if (form.kind == FormKind::map) return link;
        if (form.kind == FormKind::maps) return "a list of " + link;
        if (form.kind == FormKind::named_groups) return form.looks_like + " to " + link;
        return "a map, name to " + link;
    }
    if (form.choices.empty() || form.kind == FormKind::count) return form.looks_like;
    return list_of(form.choices, " or ");
}

std::string default_of(const Word& word) {
    if (!word.unless.empty()) return "required without `" + std::string(word.unless) + "`";
    if (word.presence == Presence::required) return "required";
    if (!word.default_note.empty()) return std::string{word.default_note};
    return word.default_value.empty() ? "" : in_code(word.default_value);
}

std::string alternatives_of(const WordMap& map) {
    std::string text = "Either ";
    for (std::size_t i = 0; i < map.alternatives.size(); ++i) {
        if (i > 0) text += ", or ";
        text += list_of(map.alternatives[i], " and ");
    }
    return text + ".\n";
}

}  // namespace

std::vector<WordMap> maps_of(WordMap root) {
    std::vector<WordMap> all{std::move(root)};
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::vector<WordMap> below;
        for (const Word& word : all[i].words) {
            if (word.form.map) below.push_back(word.form.map());
        }
        for (WordMap& map : below) {
            if (std::ranges::count(all, map.name, &WordMap::name) == 0)
                all.push_back(std::move(map));
        }
    }
    return all;
}

std::string reference_table(const WordMap& map) {
    std::string text = "| key | value | default | meaning |\n|---|---|---|---|\n";
    std::vector<std::string_view> later;
    for (const Word& word : map.words) {
        if (word.presence == Presence::not_yet) {
            later.push_back(word.name);
            continue;
        }
        text += "| " + in_code(word.name) + " | " + cell(value_of(word.form)) + " | " +
                cell(default_of(word)) + " | " + cell(word.meaning) + " |\n";
    }
    if (!map.alternatives.empty()) text += '\n' + alternatives_of(map);
    if (!later.empty()) text += "\nNot in this version: " + list_of(later, ", ") + ".\n";
    return text;
}

}  // namespace weft
