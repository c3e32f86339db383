// What is known about the words of the configuration besides how they are read. The JSON Schemas
// and the tables of docs/routes.md are made from this.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace weft {

enum class Presence : std::uint8_t {
    optional,
    required,
    not_yet,  // a word of the language that this version does not have
};

enum class FormKind : std::uint8_t {
    text,
    quantity,  // a number with its unit
    count,
    boolean,
    texts,          // a list
    text_or_texts,  // one text or a list
    statuses,       // a code or class, or a list of them
    text_map,
    text_or_null_map,
    status_map,  // code or class -> code
    anything,
    map,           // with words of its own
    maps,          // a list of them
    named_maps,    // name -> map with words of its own
    named_groups,  // name -> name -> map with words of its own
};

struct WordMap;

// What the values of a word look like. The environment may stand in every scalar.
struct ValueForm {
    FormKind kind = FormKind::anything;
    std::string looks_like{};  // `a duration from 1ms to 60m`
    std::string pattern{};     // of a text, or of each, or of the inner names; ECMA 262; empty: any
    std::vector<std::string_view> choices{};  // all that a text may be; what a count may be besides
    std::uint64_t least = 0;                  // a count; how many texts
    std::uint64_t most = 0;                   // a count
    std::function<WordMap()> map{};           // of the map, or of each
};

struct Word {
    std::string_view name;
    std::string_view meaning{};  // one sentence, without its full stop
    Presence presence = Presence::optional;
    std::string_view unless{};  // the word beside which a required one may be left out
    ValueForm form{};
    std::string default_value{};      // as it would be written; empty: none
    std::string_view default_note{};  // where the default is no value, but a rule
};

struct WordMap {
    std::string_view name;
    std::string_view meaning;
    std::vector<Word> words;
    // Exactly one of these sets of words is written, if there are any.
    std::vector<std::vector<std::string_view>> alternatives;
};

// Of the gateway file, and of one route.
WordMap gateway_words();
WordMap route_words();

}  // namespace weft
