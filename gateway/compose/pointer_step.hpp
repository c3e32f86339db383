// Where a writer stands in what it writes, as a JSON Pointer (RFC 6901).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weft {

// One more step down for as long as it lives. `token` is escaped already.
class PointerStep {
  public:
    PointerStep(std::string& pointer, std::string_view token)
        : pointer_{pointer}, before_{pointer.size()} {
        pointer_ += '/';
        pointer_ += token;
    }
    ~PointerStep() { pointer_.resize(before_); }
    PointerStep(const PointerStep&) = delete;
    PointerStep& operator=(const PointerStep&) = delete;

  private:
    std::string& pointer_;
    std::size_t before_;
};

}  // namespace weft
