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
    bool over_limit() const noexcept { return entries_.size() > limit_; }
    // Without the brackets.
    const std::string& entries() const noexcept { return entries_; }

  private:
    std::uint64_t limit_;
    std::string entries_;
};

}  // namespace weft
