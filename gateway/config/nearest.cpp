#include <algorithm>
#include <array>
#include <cstddef>

#include "config/diagnostics.hpp"

namespace weft {
namespace {

// Words of the language and names of steps are shorter; longer ones get no suggestion.
constexpr std::size_t longest = 40;

using Row = std::array<std::size_t, longest + 1>;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Damerau-Levenshtein distance (optimal string alignment), ignoring case; both are at most
// `longest`.
std::size_t distance(std::string_view a, std::string_view b) {
    Row before_last{};
    Row last{};
    Row row{};
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last = last;
        last = row;
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const char x = lower(a[i - 1]);
            const char y = lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (x == y ? 0U : 1U)});
            const bool swapped =
                i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y && x != y;
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row[b.size()];
}

std::size_t tolerated(std::size_t length) {
    if (length <= 2) return 0;
    if (length <= 5) return 1;
    return length <= 8 ? 2 : 3;
}

}  // namespace

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
    if (word.empty() || word.size() > longest) return {};
    std::string_view best;
    std::size_t best_distance = tolerated(word.size()) + 1;
    for (const std::string_view candidate : candidates) {
        if (candidate.empty() || candidate.size() > longest) continue;
        const std::size_t found = distance(word, candidate);
        if (found >= best_distance) continue;
        best = candidate;
        best_distance = found;
    }
    return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
    const std::string_view suggestion = nearest(word, candidates);
    if (suggestion.empty()) return {};
    return " (did you mean " + in_quotes(suggestion) + "?)";
}

}  // namespace weft
