// A body that arrives piece by piece and is pulled by its consumer, so that nothing is ever
// buffered without bound.
#pragma once

#include <string_view>

#include "async/types.hpp"
#include "outcome/result.hpp"

namespace weft {

class BodyStream {
  public:
    virtual ~BodyStream() = default;

    // The next bytes of the body; an empty view is its end. The view holds until the next call. Not
    // called again after the end or a failure.
    virtual Awaitable<Result<std::string_view>> next() = 0;

    // No more of it is wanted. A next() that another coroutine waits for fails with client_gone,
    // and once this has returned nothing works for the stream any more.
    virtual Awaitable<void> close();
};

}  // namespace weft
