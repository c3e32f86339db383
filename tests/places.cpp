#include "places.hpp"

namespace weft {

std::string source_tree() { return WEFT_SOURCE_DIR; }
std::string weft_program() { return WEFT_BIN_DIR "/weft"; }
std::string order_service() { return WEFT_BIN_DIR "/order-service"; }
std::string user_service() { return WEFT_BIN_DIR "/user-service"; }
std::string product_service() { return WEFT_BIN_DIR "/product-service"; }
std::string open_loop_program() { return WEFT_BIN_DIR "/open_loop"; }

}  // namespace weft
