// The words of a route file.
#pragma once

#include "config/key_table.hpp"
#include "config/written.hpp"

namespace weft {

const KeyTable<WrittenRoute>& route_keys();
const KeyTable<WrittenStep>& step_keys();
const KeyTable<WrittenBatch>& batch_keys();
const KeyTable<WrittenProxy>& proxy_keys();
const KeyTable<WrittenRoute>& response_keys();

}  // namespace weft
