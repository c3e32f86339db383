// How a test says that one call is answered, compiled.
#pragma once

#include "config/diagnostics.hpp"
#include "config/written_tests.hpp"
#include "trial/route_test.hpp"

namespace weft {

// Without its upstream.
Stub compile_stub(const WrittenStub& written, Diagnostics& diagnostics);

}  // namespace weft
