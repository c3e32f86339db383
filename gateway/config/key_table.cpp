#include "config/key_table.hpp"

namespace weft {

bool expect_map(Reading& reading, const Section& section) {
    if (section.node.kind == YamlNodeKind::map) return true;
    if (section.node.kind != YamlNodeKind::refused) {
        reading.error(section.node.at, section.owner + " must be a map of keys and values");
    }
    return false;
}

void report_unknown_key(
    Reading& reading,
    const Section& section,
    const Written<std::string>& key,
    const std::vector<std::string_view>& known
) {
    if (key.value == "<<") {
        return reading.error(key.at, "\"<<\" does not merge maps here: name the alias as a value");
    }
    reading.error(
        key.at,
        "unknown key " + in_quotes(key.value) + " in " + section.owner +
            did_you_mean(key.value, known)
    );
}

void report_not_yet(Reading& reading, const Written<std::string>& key) {
    reading.error(key.at, in_quotes(key.value) + " is not supported by this version of Weft");
}

bool has_member(const YamlNode& map, std::string_view key) {
    return std::any_of(map.members.begin(), map.members.end(), [&](const YamlMember& member) {
        return member.key.value == key;
    });
}

void report_missing_key(Reading& reading, const Section& section, std::string_view key) {
    reading.error(section.at, section.owner + " has no " + in_quotes(key));
}

}  // namespace weft
