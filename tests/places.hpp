// Where this checkout and its build have their files. Only places.cpp is compiled with their paths,
// so that a compiler cache serves every other test to all checkouts.
#pragma once

#include <string>

namespace weft {

// Absolute, without a slash at the end.
std::string source_tree();

// Executables of this build, absolute.
std::string weft_program();
std::string order_service();
std::string user_service();
std::string product_service();
std::string open_loop_program();

}  // namespace weft
