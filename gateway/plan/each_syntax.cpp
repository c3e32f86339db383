#include "plan/each_syntax.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "plan/step_names.hpp"

namespace weft {
namespace {

constexpr std::array<std::string_view, 3> keys{"$each", "$as", "$value"};

bool is_key(std::string_view name) { return std::ranges::find(keys, name) != keys.end(); }

const YamlValue* member(const YamlValue& map, std::string_view name) {
    for (const auto& [key, value] : map.members) {
        if (key.value == name) return &value;
    }
    return nullptr;
}

class EachReader {
  public:
    EachReader(const YamlValue& map, Diagnostics& diagnostics)
        : map_{map}, diagnostics_{diagnostics} {}

    std::optional<EachSyntax> read() {
        refuse_others();
        EachSyntax each;
        each.list = needed("$each", ", the list that it is written for: $each: \"${order.lines}\"");
        // The name that is not written is that of the whole loop.
        each.name.at = map_.members.front().name.at;
        each.value = needed("$value", ": what is written for each element of the list");
        if (each.list != nullptr && each.list->kind != YamlKind::text) {
            fail(each.list->at, "$each is one expression, such as ${order.lines}");
        }
        if (const YamlValue* name = member(map_, "$as")) read_name(*name, each);
        if (!is_sound_) return std::nullopt;
        return each;
    }

  private:
    void refuse_others() {
        for (const auto& [key, value] : map_.members) {
            if (is_key(key.value)) continue;
            fail(
                key.at,
                "beside $each stand $as and $value only, not " + in_quotes(key.value) +
                    did_you_mean(key.value, {keys.begin(), keys.end()})
            );
        }
    }

    const YamlValue* needed(std::string_view name, std::string_view what_it_is) {
        const YamlValue* value = member(map_, name);
        if (value != nullptr) return value;
        const auto given = std::ranges::find_if(map_.members, [](const auto& entry) {
            return is_key(entry.name.value);
        });
        const std::string message = given->name.value + " needs " + std::string{name};
        fail(given->name.at, message + std::string{what_it_is});
        return nullptr;
    }

    void read_name(const YamlValue& name, EachSyntax& each) {
        const bool is_name = name.kind == YamlKind::text;
        std::string fault =
            is_name ? fault_of_name(name.scalar, "an element") : "$as is a name, such as line";
        if (!fault.empty()) return fail(name.at, std::move(fault));
        each.name = {name.scalar, name.at};
    }

    void fail(Position at, std::string message) {
        is_sound_ = false;
        diagnostics_.error(at, std::move(message));
    }

    const YamlValue& map_;
    Diagnostics& diagnostics_;
    bool is_sound_ = true;
};

}  // namespace

bool is_each(const YamlValue& map) noexcept {
    return std::ranges::any_of(map.members, [](const auto& entry) {
        return is_key(entry.name.value);
    });
}

std::optional<EachSyntax> read_each(const YamlValue& map, Diagnostics& diagnostics) {
    return EachReader{map, diagnostics}.read();
}

}  // namespace weft
