#include "http/body_stream.hpp"

namespace weft {

Awaitable<void> BodyStream::close() { co_return; }

}  // namespace weft
