// The elements of an array and the members of an object, one after the other, from text that was
// validated before: only the ends of values are looked for. Text that was not validated gives wrong
// values, but is never read past its end.
#pragma once

#include <cstddef>
#include <iterator>
#include <string_view>

#include "json/value.hpp"

namespace weft {

struct JsonMember {
    std::string_view name;  // as JSON text, with its quotes
    JsonValue value;
};

// The range of `Item`s (JsonValue or JsonMember) of an array or object; empty if `text` is neither.
template <class Item>
class JsonItems {
  public:
    class Iterator {
      public:
        using value_type = Item;
        using reference = const Item&;
        using pointer = const Item*;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::input_iterator_tag;
        using iterator_concept = std::forward_iterator_tag;

        Iterator() = default;  // the end
        // `rest` follows the opening bracket or the comma.
        explicit Iterator(std::string_view rest) noexcept : rest_{rest} { read(); }
        const Item& operator*() const noexcept { return item_; }
        const Item* operator->() const noexcept { return &item_; }
        Iterator& operator++() noexcept {
            read();
            return *this;
        }
        Iterator operator++(int) noexcept {
            const Iterator before = *this;
            read();
            return before;
        }
        bool operator==(const Iterator& other) const noexcept { return at_ == other.at_; }

      private:
        void read() noexcept;

        std::string_view rest_;
        const char* at_ = nullptr;  // where the item begins; null at the end
        Item item_;
    };

    explicit JsonItems(std::string_view text) noexcept;
    Iterator begin() const noexcept { return Iterator{inside_}; }
    Iterator end() const noexcept { return {}; }

  private:
    std::string_view inside_;  // what follows the opening bracket
};

extern template class JsonItems<JsonValue>;
extern template class JsonItems<JsonMember>;

using JsonElements = JsonItems<JsonValue>;  // of an array
using JsonMembers = JsonItems<JsonMember>;  // of an object

}  // namespace weft
