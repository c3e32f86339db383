// The services of one test: answers calls from its stubs and keeps account of what was asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trial/difference.hpp"
#include "trial/route_test.hpp"

namespace weft {

// A call that no stub is for.
struct UnstubbedCall {
    std::string upstream;
    std::string call;               // `GET /orders/o-1`, as it would have been sent
    const Stub* nearest = nullptr;  // null: the test has none
};

struct CallDifference {
    const Stub* stub = nullptr;
    Difference difference;
};

class StubServices {
  public:
    // The stubs outlive it.
    explicit StubServices(const std::vector<Stub>& stubs) : stubs_{stubs}, used_(stubs.size()) {}

    // Null, and noted, if there is none.
    const Stub* answer_to(std::string_view upstream, Method method, std::string_view target);

    // A whole request, whose fields are formatted as ExchangeRequest's. What is not as its stub
    // expects is noted.
    void received(const Stub& stub, std::string_view field_lines, std::string_view body);

    const std::vector<UnstubbedCall>& unstubbed() const noexcept { return unstubbed_; }
    const std::vector<CallDifference>& differences() const noexcept { return differences_; }
    std::vector<const Stub*> unused() const;

  private:
    const Stub* nearest(std::string_view upstream, const CallName& call) const;

    const std::vector<Stub>& stubs_;
    std::vector<bool> used_;
    std::vector<UnstubbedCall> unstubbed_;
    std::vector<CallDifference> differences_;
};

}  // namespace weft
