// Two JSON documents, member by member and element by element.
#include <algorithm>
#include <unordered_map>

#include "json/compare.hpp"
#include "json/elements.hpp"
#include "json/locate.hpp"
#include "json/text.hpp"
#include "trial/difference.hpp"

namespace weft {
namespace {

// RFC 6901 section 3.
void append_token(std::string& pointer, std::string_view name) {
    pointer += '/';
    for (const char c : name) {
        if (c == '~') {
            pointer += "~0";
        } else if (c == '/') {
            pointer += "~1";
        } else {
            pointer += c;
        }
    }
}

std::string name_of(const JsonMember& member) {
    std::string name;
    append_json_characters(name, member.name);
    return name;
}

class JsonComparison {
  public:
    explicit JsonComparison(BodyMatch match) : match_{match} {}

    // The depth of both is bounded: they were validated.
    void compare(const JsonValue& expected, const JsonValue& got) {
        if (expected.type == JsonType::object && got.type == JsonType::object) {
            compare_objects(expected, got);
        } else if (expected.type == JsonType::array && got.type == JsonType::array) {
            compare_arrays(expected, got);
        } else if (!json_equal(expected, got)) {
            add(expected.text, got.text);
        }
    }

    std::vector<Difference> take() { return std::move(found_); }

  private:
    void compare_objects(const JsonValue& expected, const JsonValue& got) {
        std::unordered_map<std::string, JsonValue> left;
        for (const JsonMember& member : JsonMembers{got.text}) {
            left.emplace(name_of(member), member.value);
        }
        for (const JsonMember& member : JsonMembers{expected.text}) {
            const std::string name = name_of(member);
            const auto other = left.find(name);
            const At at{*this, name};
            if (other == left.end()) {
                add(member.value.text, std::nullopt);
                continue;
            }
            compare(member.value, other->second);
            left.erase(other);
        }
        if (match_ == BodyMatch::contains) return;
        for (const JsonMember& member : JsonMembers{got.text}) {
            const std::string name = name_of(member);
            if (left.erase(name) == 0) continue;
            const At at{*this, name};
            add(std::nullopt, member.value.text);
        }
    }

    void compare_arrays(const JsonValue& expected, const JsonValue& got) {
        const JsonElements wanted{expected.text};
        const JsonElements found{got.text};
        auto one = wanted.begin();
        auto other = found.begin();
        for (std::size_t index = 0; one != wanted.end() || other != found.end(); ++index) {
            const At at{*this, std::to_string(index)};
            if (one == wanted.end()) {
                add(std::nullopt, (other++)->text);
            } else if (other == found.end()) {
                add((one++)->text, std::nullopt);
            } else {
                compare(*one++, *other++);
            }
        }
    }

    void add(std::optional<std::string_view> expected, std::optional<std::string_view> got) {
        Difference& difference = found_.emplace_back();
        difference.place = pointer_;
        if (expected) difference.expected = *expected;
        if (got) difference.got = *got;
    }

    // One level deeper, while it lives.
    class At {
      public:
        At(JsonComparison& comparison, std::string_view name)
            : pointer_{comparison.pointer_}, before_{pointer_.size()} {
            append_token(pointer_, name);
        }
        At(const At&) = delete;
        At& operator=(const At&) = delete;
        ~At() { pointer_.resize(before_); }

      private:
        std::string& pointer_;
        std::size_t before_;
    };

    BodyMatch match_;
    std::string pointer_;
    std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> json_differences(
    std::string_view expected, std::string_view got, BodyMatch match
) {
    Located wanted;
    Located found;
    locate(expected, PathSet{}, wanted);
    locate(got, PathSet{}, found);
    if (!found.ok()) {
        const std::string shown = json_text_of(got);
        return {{MessagePart::body, {}, std::string{expected}, shown}};
    }
    JsonComparison comparison{match};
    comparison.compare(wanted.root, found.root);
    return comparison.take();
}

}  // namespace weft
