// Finds the results of a for_each step by the text of their items: for look-ups (`stock[line.sku]`)
// and for the rows of a batch call. It is filled once, while the step's list is expanded
// (StepRun::items; only if the plan says Step::looked_up, or the step has a batch). From then on
// look_up() in run.hpp costs one hash of the key, however many items there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace weft {

// A hash table from texts to places, which are indices into StepRun::places. Texts are kept.
class ItemIndex {
  public:
    static constexpr std::uint32_t none = 0xFFFF'FFFF;

    // The place that was added first with that text, or `none`.
    std::uint32_t find(std::string_view text) const;
    // By a JSON scalar's text; `none` for null, arrays and objects, which are no items.
    std::uint32_t find(const JsonValue& scalar) const;
    // Unless the text is there already. Says which place it has now.
    std::uint32_t add(std::string_view text, std::uint32_t place);

    std::size_t size() const noexcept { return count_; }

  private:
    struct Entry {
        std::uint64_t hash = 0;
        std::size_t offset = 0;  // of the text in texts_
        std::size_t size = 0;
        std::uint32_t place = none;
    };

    std::size_t mask() const noexcept { return entries_.size() - 1; }
    // The entry with that text, or the free one where it would stand.
    std::size_t slot_of(std::uint64_t hash, std::string_view text) const noexcept;
    void grow();

    std::vector<Entry> entries_;  // a power of two, at most half full
    std::string texts_;
    std::size_t count_ = 0;
};

}  // namespace weft
