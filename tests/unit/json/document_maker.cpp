#include "unit/json/document_maker.hpp"

#include <algorithm>

namespace weft {

namespace {

using namespace std::string_view_literals;

constexpr int max_depth = 5;

constexpr std::string_view names[] = {
    "\"a\"",
    "\"b\"",
    "\"c\"",
    "\"id\"",
    "\"\\u0061\"",
    "\"\\u0069d\"",
    "\"\xC3\xA4\"",
    "\"\"",
    "\"other\"",
    "\"aa\"",
    "\"\\uD800\"",
};

constexpr std::string_view characters[] = {
    "x",
    "yz",
    " ",
    "[",
    "}",
    ",",
    ":",
    "\\\"",
    "\\\\",
    "\\/",
    "\\b",
    "\\n",
    "\\u00e4",
    "\\u0000",
    "\\uD83D\\uDE00",
    "\\uD800",
    "\\uDC00",
    "\\uDBFF\\uDFFF",
    "\xC3\xA4",
    "\xE2\x82\xAC",
    "\xF0\x9F\x98\x80",
    "\xED\x9F\xBF",
    "\xEF\xBB\xBF",
    "\x7F",
    "a plain run that is longer than sixteen bytes",
};

constexpr std::string_view numbers[] = {
    "0",
    "-0",
    "1",
    "-1",
    "12",
    "0.5",
    "-0.0",
    "1e5",
    "1E+2",
    "2e-3",
    "1.25e1",
    "1e400",
    "-1e400",
    "1e-400",
    "0e999999",
    "1e99999999999999999999",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "1000000000000000000000000000000",
    "123456789012345678901234567890",
    "0.1000000000000000055511",
};

constexpr std::string_view insertions[] = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\u12",
    "\\uD800",
    "\\uDC00",
    "\\x",
    "0",
    "01",
    "-",
    "+",
    ".",
    "e",
    "E5",
    "1e400",
    "18446744073709551616",
    "true",
    "nul",
    "null",
    "/",
    "\0"sv,
    " ",
    "\n",
    "\f",
    "\x1F",
    "\x7F",
    "\x80",
    "\xC0\x80",
    "\xC3",
    "\xE0\x80\x80",
    "\xED\xA0\x80",
    "\xEF\xBB\xBF",
    "\xF0\x80\x80\x80",
    "\xF4\x90\x80\x80",
    "\xFF",
    "\"a\":1",
    "\"a\":1,",
    "[]",
    "{}",
};

}  // namespace

std::string DocumentMaker::make() {
    text_.clear();
    add_space();
    add_value(0);
    add_space();
    if (below(2) == 0) {
        for (std::size_t times = 1 + below(3); times != 0; --times) break_somewhere();
    }
    return text_;
}

std::string_view DocumentMaker::one_of(std::span<const std::string_view> choices) {
    return choices[below(choices.size())];
}

// The root is nearly always an array or object, and what is inside gets simpler with its depth.
void DocumentMaker::add_value(int depth) {
    const std::size_t simple = depth == 0 ? 1 : static_cast<std::size_t>(depth) + 2;
    const std::size_t kind = depth == max_depth ? 9 : below(6 + simple);
    if (kind < 3) return add_object(depth);
    if (kind < 6) return add_array(depth);
    switch (below(4)) {
        case 0:
            return add_string();
        case 1:
            text_ += one_of(std::initializer_list<std::string_view>{"true", "false", "null"});
            return;
        default:
            return add_number();
    }
}

void DocumentMaker::add_array(int depth) {
    text_ += '[';
    add_space();
    for (std::size_t left = below(4); left != 0; --left) {
        add_value(depth + 1);
        add_space();
        if (left > 1) text_ += ',';
        add_space();
    }
    text_ += ']';
}

void DocumentMaker::add_object(int depth) {
    text_ += '{';
    add_space();
    for (std::size_t left = below(4); left != 0; --left) {
        text_ += one_of(names);
        add_space();
        text_ += ':';
        add_space();
        add_value(depth + 1);
        add_space();
        if (left > 1) text_ += ',';
        add_space();
    }
    text_ += '}';
}

void DocumentMaker::add_string() {
    text_ += '"';
    for (std::size_t left = below(4); left != 0; --left) text_ += one_of(characters);
    text_ += '"';
}

void DocumentMaker::add_number() {
    if (below(4) == 0) {
        text_ += one_of(numbers);
    } else {
        text_ += std::to_string(below(1000));
    }
}

void DocumentMaker::add_space() {
    if (below(8) == 0)
        text_ += one_of(std::initializer_list<std::string_view>{" ", "\n", "\t\r", "\n         "});
}

void DocumentMaker::break_somewhere() {
    const std::size_t at = below(text_.size() + 1);
    const std::size_t length = below(4);
    switch (below(6)) {
        case 0:
            text_.erase(at, length);
            break;
        case 1:
            text_.insert(at, text_.substr(below(text_.size() + 1), length * 4));
            break;
        case 2:
            text_.resize(at);
            break;
        case 3:
            if (at < text_.size()) text_[at] = static_cast<char>(below(256));
            break;
        case 4:
            text_.insert(below(2) == 0 ? 0 : text_.size(), one_of(insertions));
            break;
        default:
            text_.insert(at, one_of(insertions));
            break;
    }
}

}  // namespace weft
