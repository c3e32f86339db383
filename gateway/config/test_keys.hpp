// The words of a route's `tests`.
#pragma once

#include "config/key_table.hpp"
#include "config/written_tests.hpp"

namespace weft {

const KeyTable<WrittenTest>& test_keys();
const KeyTable<WrittenTestRequest>& request_keys();
const KeyTable<WrittenStub>& stub_keys();
const KeyTable<WrittenExpectation>& sent_keys();
const KeyTable<WrittenExpectation>& expect_keys();

}  // namespace weft
