#include "fuzz/grammar/utf8.hpp"

#include <array>

namespace weft::grammar {
namespace {

struct Range {
    unsigned char least = 0x80;
    unsigned char most = 0xBF;
};

struct Row {
    int size = 0;
    Range first;
    Range second{};
};

constexpr std::array<Row, 9> rows{{
    {1, {0x00, 0x7F}},
    {2, {0xC2, 0xDF}},
    {3, {0xE0, 0xE0}, {0xA0, 0xBF}},
    {3, {0xE1, 0xEC}},
    {3, {0xED, 0xED}, {0x80, 0x9F}},
    {3, {0xEE, 0xEF}},
    {4, {0xF0, 0xF0}, {0x90, 0xBF}},
    {4, {0xF1, 0xF3}},
    {4, {0xF4, 0xF4}, {0x80, 0x8F}},
}};

bool in(Cursor& text, Range range) {
    return text.one([&](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= range.least && byte <= range.most;
    });
}

bool matches(Cursor& text, const Row& row) {
    if (!in(text, row.first)) return false;
    for (int i = 1; i < row.size; ++i) {
        if (!in(text, i == 1 ? row.second : Range{})) return false;
    }
    return true;
}

}  // namespace

bool utf8_char(Cursor& text) {
    const std::size_t begin = text.at();
    for (const Row& row : rows) {
        if (matches(text, row)) return true;
        text.back_to(begin);
    }
    return false;
}

bool is_utf8(std::string_view text) {
    return is_all(text, [](Cursor& all) {
        while (!all.at_end()) {
            if (!utf8_char(all)) return false;
        }
        return true;
    });
}

}  // namespace weft::grammar
