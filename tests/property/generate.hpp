// Random compositions, random answers, random requests: small, so that what goes wrong can be read,
// and rich in what is missing, null, of the wrong type or refused.
//
// Of the language they have all expressions, and of its keys all but those of time (`timeout`,
// `grace`), of size (`body_limit`) and `proxy`. Not in them: members that stand twice in an
// object, and numbers and texts in another than nlohmann_json's own spelling.
#pragma once

#include <cstdint>

#include "property/dice.hpp"
#include "property/reference_composer.hpp"

namespace weft::property {

ModelRoute random_route(Dice& dice);
ModelRequest random_request(Dice& dice);

// The same call has the same answer.
Services random_services(std::uint64_t seed);

}  // namespace weft::property
