// What locate() found: by path, in document order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

#include "json/error.hpp"
#include "json/path_set.hpp"
#include "json/value.hpp"

namespace weft {

// Offsets of a value in its document: 8 bytes, so that a hostile body of nothing but elements costs
// little more than itself.
struct JsonRange {
    std::uint32_t begin;
    std::uint32_t end;
};

// A view of located values, in document order. Each JsonValue is made when it is looked at.
class LocatedValues {
  public:
    class Iterator {
      public:
        using value_type = JsonValue;
        using reference = JsonValue;
        using pointer = void;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::input_iterator_tag;
        using iterator_concept = std::forward_iterator_tag;

        Iterator() = default;
        Iterator(const char* text, const JsonRange* range) noexcept : text_{text}, range_{range} {}
        JsonValue operator*() const noexcept { return value_of(text_, *range_); }
        Iterator& operator++() noexcept {
            ++range_;
            return *this;
        }
        Iterator operator++(int) noexcept {
            const Iterator before = *this;
            ++range_;
            return before;
        }
        bool operator==(const Iterator&) const = default;

      private:
        const char* text_ = nullptr;
        const JsonRange* range_ = nullptr;
    };

    LocatedValues() = default;
    LocatedValues(const char* text, std::span<const JsonRange> ranges) noexcept
        : text_{text}, ranges_{ranges} {}

    std::size_t size() const noexcept { return ranges_.size(); }
    bool empty() const noexcept { return ranges_.empty(); }
    JsonValue operator[](std::size_t index) const noexcept {
        return value_of(text_, ranges_[index]);
    }
    JsonValue front() const noexcept { return (*this)[0]; }
    Iterator begin() const noexcept { return {text_, ranges_.data()}; }
    Iterator end() const noexcept { return {text_, ranges_.data() + ranges_.size()}; }

  private:
    static JsonValue value_of(const char* text, JsonRange range) noexcept {
        return {json_type(text[range.begin]), {text + range.begin, range.end - range.begin}};
    }

    const char* text_ = nullptr;
    std::span<const JsonRange> ranges_;
};

// Reused from one document to the next without new allocations. Its views hold until then, and as
// long as the text.
class Located {
  public:
    JsonError error = JsonError::none;
    std::size_t error_offset = 0;  // bytes from the start

    bool ok() const noexcept { return error == JsonError::none; }
    // The values at that path: none if it is absent or the document is not ok, at most one unless
    // the path has an EveryElement.
    LocatedValues at(PathId path) const noexcept;
    // Whether an EveryElement of that path met something that is not an array (null included;
    // absent is not meant).
    bool not_a_list(PathId path) const noexcept;
    JsonValue root;  // the whole document, if it is ok

  private:
    friend class Locator;

    // A node of the trie at which the value being read stands.
    struct Match {
        PathNodeId node;
        std::uint32_t slot;  // of that value among the values of the node's path
    };

    void reset(std::string_view text, const PathSet& paths);
    void fail(JsonError why, std::size_t offset) noexcept;

    const char* text_ = nullptr;
    std::vector<std::vector<JsonRange>> found_;  // by path; may be longer than the path set
    std::vector<std::uint8_t> not_lists_;        // by path
    // By node: of which object the member was met last, as the object's offset + 1. Tells
    // duplicates.
    std::vector<std::uint32_t> met_in_;
    std::vector<std::uint8_t>
        no_array_;  // by node: its `every` child met something else than an array
    bool any_no_array_ = false;
    std::vector<Match> matches_;  // the stack of what is being read
};

}  // namespace weft
