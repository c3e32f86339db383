// The `errors` of a partial answer: where in the body something is missing, and why.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "compose/run.hpp"

namespace weft {

// Entries in the order they are added, as JSON, bounded by `limit` bytes.
class Errors {
  public:
    explicit Errors(std::uint64_t limit) : limit_{limit} {}

    // `pointer` is the place's JSON Pointer (RFC 6901), `part` one with a failure.
    void add(std::string_view pointer, const Part& part, const Run& run);

    bool empty() const noexcept { return entries_.empty(); }
    // To go back to what it was here.
    std::size_t mark() const noexcept { return entries_.size(); }
    void rewind(std::size_t mark) { entries_.resize(mark); }
    // Stays, whatever is rewound.
    bool over_limit() const noexcept { return over_limit_; }
    // Without the brackets.
    const std::string& entries() const noexcept { return entries_; }

  private:
    std::uint64_t limit_;
    bool over_limit_ = false;
    std::string entries_;
};

}  // namespace weft
