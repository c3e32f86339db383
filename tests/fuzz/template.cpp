// Rendering a call: no value whatever adds a segment, a parameter, a header, a member or an
// element, and whoever decodes the call finds the value again.
#include <string>
#include <string_view>

#include "fuzz/target.hpp"
#include "property/value_everywhere.hpp"

namespace weft::fuzz {

// A few texts in which a byte can become six, and the second reader's tree.
const Budget budget{.memory_per_byte = 200};

void run(std::string_view bytes) {
    static property::ValueEverywhere everywhere;
    const std::string fault = everywhere.fault_for(std::string{bytes});
    require(fault.empty(), fault);
}

}  // namespace weft::fuzz
