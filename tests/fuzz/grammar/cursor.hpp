// A place in a text that is read by the rules of a grammar. A rule that does not match leaves the
// cursor at the first character that does not fit, which is the end where the text is too short.
#pragma once

#include <cstddef>
#include <string_view>

namespace weft::grammar {

class Cursor {
  public:
    explicit Cursor(std::string_view text) : text_{text} {}

    std::size_t at() const { return at_; }
    bool at_end() const { return at_ == text_.size(); }
    // The next character; NUL at the end, where at_end() tells the two apart.
    char next() const { return at_end() ? '\0' : text_[at_]; }
    bool is_next(char c) const { return !at_end() && text_[at_] == c; }
    std::string_view from(std::size_t begin) const { return text_.substr(begin, at_ - begin); }
    std::string_view rest() const { return text_.substr(at_); }

    bool literal(char c) {
        if (!is_next(c)) return false;
        ++at_;
        return true;
    }
    bool literal(std::string_view text) {
        for (const char c : text) {
            if (!literal(c)) return false;
        }
        return true;
    }
    // 1*rule of one character; as a condition: whether there was one.
    template <class Rule>
    bool some(Rule&& rule) {
        const std::size_t begin = at_;
        any(rule);
        return at_ > begin;
    }
    // *rule of one character
    template <class Rule>
    void any(Rule&& rule) {
        while (!at_end() && rule(text_[at_])) ++at_;
    }
    template <class Rule>
    bool one(Rule&& rule) {
        if (at_end() || !rule(text_[at_])) return false;
        ++at_;
        return true;
    }
    // To the end if there are not as many.
    bool skip(std::size_t count) {
        const bool enough = count <= text_.size() - at_;
        at_ = enough ? at_ + count : text_.size();
        return enough;
    }
    void back_to(std::size_t place) { at_ = place; }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

// Whether the whole of `text` is what `rule` describes.
template <class Rule>
bool is_all(std::string_view text, Rule&& rule) {
    Cursor cursor{text};
    return rule(cursor) && cursor.at_end();
}

}  // namespace weft::grammar
