// Header fields as views into the message they came with. Names compare without case (RFC 9110
// section 5.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft {

struct Field {
    std::string_view name;
    std::string_view value;  // without surrounding spaces and tabs
};

using Fields = std::vector<Field>;

bool equal_but_for_case(std::string_view a, std::string_view b) noexcept;

// ASCII only, independent of the locale, never reads past either end. Inline, because nearly all
// comparisons of names end at their sizes, and most who send a name spell it as it is registered.
inline bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && (a == b || equal_but_for_case(a, b));
}

// Without surrounding spaces and tabs.
std::string_view trimmed(std::string_view text) noexcept;

// The first field of that name; nothing if there is none.
std::optional<std::string_view> find_field(const Fields& fields, std::string_view name) noexcept;

// All values of that name, in order, joined by ", " (RFC 9110 section 5.3); nothing if there is
// none.
std::optional<std::string> joined_field(const Fields& fields, std::string_view name);

// Whether a comma-separated list field (all its lines) has the token, ignoring case.
bool has_token(const Fields& fields, std::string_view name, std::string_view token) noexcept;

// A field that owns its text: what the gateway adds to an answer or a call.
class OwnedField {
  public:
    OwnedField(std::string_view name, std::string_view value) : name_{name}, value_{value} {}
    const std::string& name() const noexcept { return name_; }
    const std::string& value() const noexcept { return value_; }
    bool operator==(const OwnedField&) const = default;

  private:
    std::string name_;
    std::string value_;
};

}  // namespace weft
