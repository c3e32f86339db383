// Where something stands in the operator's files, and everything that is wrong with them, collected in one run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weft {

// Line and column count from 1; columns in bytes.
struct Position {
    std::uint16_t file = 0;  // index into Diagnostics::files
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

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
    static constexpr std::size_t max_errors = 50;

    std::uint16_t add_file(std::string path);
    const std::string& file(std::uint16_t index) const { return files_.at(index); }

    void error(Position at, std::string message);
    void warning(Position at, std::string message);
    bool has_errors() const noexcept { return errors_ > 0; }
    // By file in the order added, then line and column; stable.
    std::vector<Diagnostic> sorted() const;
    // `routes/x.yaml:31:15: unknown step "oder" (did you mean "order"?)`
    std::string to_string(const Diagnostic& diagnostic) const;

  private:
    std::vector<std::string> files_;
    std::vector<Diagnostic> found_;
    std::size_t errors_ = 0;
};

// The candidate that is nearest to `word` by edit distance, if it is near enough to be a likely typing mistake; else
// empty.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

// ` (did you mean "order"?)`, or empty.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace weft
