// The words of the gateway file.
#pragma once

#include "config/key_table.hpp"
#include "config/written.hpp"

namespace weft {

const KeyTable<WrittenGateway>& gateway_keys();
const KeyTable<WrittenUpstream>& upstream_keys();
const KeyTable<WrittenRetry>& retry_keys();
const KeyTable<WrittenCircuitBreaker>& circuit_breaker_keys();
const KeyTable<WrittenHealth>& health_keys();
const KeyTable<WrittenDefaults>& defaults_keys();
const KeyTable<WrittenAdmin>& admin_keys();
const KeyTable<WrittenLimits>& limits_keys();
const KeyTable<WrittenTimeouts>& timeouts_keys();
const KeyTable<WrittenDrain>& drain_keys();
const KeyTable<WrittenLog>& log_keys();

}  // namespace weft
