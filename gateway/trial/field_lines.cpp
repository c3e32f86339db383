#include "trial/field_lines.hpp"

#include <algorithm>

namespace weft {

std::vector<OwnedField> split_field_lines(std::string_view lines) {
    std::vector<OwnedField> fields;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find("\r\n"), lines.size());
        const std::string_view line = lines.substr(0, end);
        const std::size_t colon = std::min(line.find(':'), line.size());
        const std::string_view value = line.substr(std::min(colon + 1, line.size()));
        fields.emplace_back(line.substr(0, colon), trimmed(value));
        lines.remove_prefix(std::min(end + 2, lines.size()));
    }
    return fields;
}

}  // namespace weft
