// What can be wrong with one YAML scalar by itself, and where its content stands in the file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/diagnostics.hpp"
#include "config/source_text.hpp"

namespace weft {

// A scalar as yaml-cpp reports it. `mark` is where it begins, which may be an anchor or a tag.
struct ScalarEvent {
    Position mark;
    std::string_view value;
    bool plain = false;
};

// The first character of the value at `mark`, after its anchor and tag; NUL at the end of the file.
char content_start(const SourceText& source, Position mark);

// Where the content begins: after anchor, quote or block header; with the extent that is in the
// file verbatim.
Position content_position(const SourceText& source, const ScalarEvent& scalar);

struct Mistake {
    Position at;
    std::string message;
};

// `at` is the content's position.
std::optional<Mistake> mistake_in(const SourceText& source, const ScalarEvent& scalar, Position at);

// Whether a tag such as `!!str` or `!` stands before the value at `mark`.
bool has_tag(const SourceText& source, Position mark);

// The offset of the first `${` without its `}`; `$${` is not one.
std::optional<std::size_t> unclosed_expression(std::string_view text);

}  // namespace weft
