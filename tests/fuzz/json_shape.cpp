// write_shaped(): what select, omit and rename leave of a document, held against the slow way on a
// second reader's tree. The first line has words such as `select:a.b omit:c rename:d=e`, the rest
// is the document.
#include <algorithm>
#include <string>
#include <string_view>

#include "fuzz/grammar/json.hpp"
#include "fuzz/slow_shape.hpp"
#include "fuzz/target.hpp"
#include "json/locate.hpp"
#include "json/shape_writer.hpp"
#include "unit/json/shape_keys.hpp"

namespace weft::fuzz {

// The second reader's tree is what takes the memory.
const Budget budget{.memory_per_byte = 1000};

void run(std::string_view bytes) {
    const std::size_t line = std::min(bytes.find('\n'), bytes.size());
    const ShapeKeys keys = read_keys(bytes.substr(0, line));
    const std::string_view text = bytes.substr(std::min(line + 1, bytes.size()));
    const auto source = grammar::read_json(text, max_json_depth);
    if (source.error != JsonError::none) return;
    const Shape shape = shape_of(keys);
    const std::string sent = shaped(source.root.text, shape, shape.root());
    const auto reading = grammar::read_json(sent, max_json_depth);
    require(reading.error == JsonError::none, "what is sent is JSON");
    const bool all = shape.empty();
    require(!all || sent == source.root.text, "without a shape not a byte is changed");
    const std::string expected = all ? compact(source.root) : shaped_slowly(source.root, keys);
    require(compact(reading.root) == expected, "what the slow way sends");
}

}  // namespace weft::fuzz
