#include "config/excerpt.hpp"

#include <algorithm>
#include <fstream>

#include "config/source_text.hpp"

namespace weft {
namespace {

constexpr std::size_t most_before = 80;  // bytes, of a long line
constexpr std::size_t most_after = 60;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

std::string shown(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    if (first == '\t') return " ";
    if (first < 0x20 || first == 0x7f || utf8_length(character) == 0) return "?";
    return std::string{character.substr(0, utf8_length(character))};
}

// Characters and not bytes: what is not UTF-8 counts byte by byte.
std::vector<std::string> characters_of(std::string_view text) {
    std::vector<std::string> characters;
    while (!text.empty()) {
        characters.push_back(shown(text));
        text.remove_prefix(std::max<std::size_t>(utf8_length(text), 1));
    }
    return characters;
}

std::string joined(const std::vector<std::string>& characters) {
    std::string text;
    for (const auto& character : characters) text += character;
    return text;
}

}  // namespace

Excerpt excerpt(std::string_view line, std::size_t column) {
    const std::size_t place = std::min(column - 1, line.size());
    std::size_t begin = place > most_before ? place - most_before : 0;
    std::size_t end = std::min(line.size(), place + most_after);
    while (begin > 0 && continues(line[begin])) --begin;
    while (end < line.size() && continues(line[end])) ++end;
    auto before = characters_of(line.substr(begin, place - begin));
    if (begin > 0) before.insert(before.begin(), "...");
    Excerpt made;
    made.line = joined(before) + joined(characters_of(line.substr(place, end - place)));
    if (end < line.size()) made.line += "...";
    made.caret = before.size() + (begin > 0 ? 2 : 0);
    return made;
}

Excerpt Excerpts::at(const std::string& path, Position at) {
    if (path != path_) {
        path_ = path;
        lines_.clear();
        std::ifstream in{path, std::ios::binary};
        std::size_t left = SourceText::max_bytes;
        for (std::string line; left > 0 && std::getline(in, line); lines_.push_back(line)) {
            left -= std::min(left, line.size() + 1);
            if (line.ends_with('\r')) line.pop_back();
        }
    }
    if (at.line > lines_.size()) return {};
    return excerpt(lines_[at.line - 1], at.column);
}

}  // namespace weft
