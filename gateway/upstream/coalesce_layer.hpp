// Calls for the same thing at the same time become one, whose answer each of them gets.
#pragma once

#include "upstream/call.hpp"
#include "upstream/layer_place.hpp"

namespace weft {

// Each ends at its own deadline and can be cancelled by itself; the one that they share is
// cancelled when the last has left. A call joins only one that ends no earlier than itself.
StartCall coalesced(StartCall next, LayerPlace place);

}  // namespace weft
