// Where something stands in the operator's files, and everything that is wrong with them, collected
// in one run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weft {

// Line and column count from 1; columns in bytes. Of a text: where its first character stands,
// after any quote.
struct Position {
    static constexpr std::uint16_t no_file = 0xffff;

    std::uint16_t file = 0;  // as Diagnostics::add_file gave it
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    // How many bytes of a text stand in the file just as they stand in the value; an escape, a line
    // break or `${env.X}` ends them.
    std::uint32_t verbatim = 0xffff'ffff;
};

// Where byte `offset` of the text at `at` stands in the file; the start of the text where that is
// not known.
Position inside(Position at, std::size_t offset) noexcept;

// A value as written, with its place.
template <class T>
struct Written {
    T value{};
    Position at{};
};

enum class Severity : std::uint8_t { error, warning };

struct Diagnostic {
    Severity severity = Severity::error;
    Position at;
    std::string message;  // what is wrong and what to do; names the thing
};

class Diagnostics {
  public:
    // Of each severity: what `sorted` shows at most.
    static constexpr std::size_t max_errors = 50;

    // The index for Position::file. At most Position::no_file files.
    std::uint16_t add_file(std::string path);
    const std::string& file(std::uint16_t index) const { return files_.at(index); }

    void error(Position at, std::string message);
    void warning(Position at, std::string message);
    bool has_errors() const noexcept { return errors_ > 0; }
    std::size_t errors() const noexcept { return errors_; }
    std::size_t warnings() const noexcept { return warnings_; }
    // By file in the order added, then line and column; stable. Where there were more than
    // max_errors, the last entry says how many are left out and has Position::no_file.
    std::vector<Diagnostic> sorted() const;
    // `routes/x.yaml:31:15: unknown step "oder" (did you mean "order"?)`; one line, control
    // characters as `\x1b`.
    std::string to_string(const Diagnostic& diagnostic) const;
    // The first part of it: `routes/x.yaml:31:15:`; empty without a file.
    std::string place(Position at) const;

  private:
    void add(Diagnostic diagnostic);

    std::vector<std::string> files_;
    std::vector<Diagnostic> found_;
    std::size_t errors_ = 0;
    std::size_t warnings_ = 0;
};

// `text` in double quotes, cut after 64 bytes: for names in messages.
std::string in_quotes(std::string_view text);

// The candidate that is nearest to `word` by edit distance, if it is near enough to be a likely
// typing mistake; else empty.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

// ` (did you mean "order"?)`, or empty.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace weft
