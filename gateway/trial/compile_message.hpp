// What a test says about messages, compiled: what they hold and what they must hold.
#pragma once

#include <vector>

#include "config/diagnostics.hpp"
#include "config/written_tests.hpp"
#include "http/fields.hpp"
#include "trial/route_test.hpp"

namespace weft {

// Text as it is; any other value as JSON, with each number as it is written.
TestBody compile_test_body(const YamlValue& written);

// The headers that can be sent; errors for the others.
std::vector<OwnedField> compile_fields(
    const std::vector<NamedText>& written, Diagnostics& diagnostics
);

// Without its status.
ExpectedMessage compile_expectation(const WrittenExpectation& written, Diagnostics& diagnostics);

}  // namespace weft
