#include "compose/item_index.hpp"

#include <algorithm>

#include "compose/text_hash.hpp"
#include "json/text.hpp"

namespace weft {
namespace {

constexpr std::size_t first_size = 16;

}  // namespace

std::uint32_t ItemIndex::find(std::string_view text) const {
    if (entries_.empty()) return none;
    return entries_[slot_of(text_hash(text), text)].place;
}

std::uint32_t ItemIndex::find(const JsonValue& scalar) const {
    switch (scalar.type) {
        case JsonType::null:
        case JsonType::array:
        case JsonType::object:
            return none;
        case JsonType::boolean:
        case JsonType::number:
            return find(scalar.text);
        case JsonType::string:
            break;
    }
    if (scalar.text.find('\\') == std::string_view::npos) {
        return find(scalar.text.substr(1, scalar.text.size() - 2));
    }
    const auto decoded = decode_json_string(scalar.text);
    return decoded ? find(std::string_view{*decoded}) : none;
}

std::uint32_t ItemIndex::add(std::string_view text, std::uint32_t place) {
    if (2 * (count_ + 1) > entries_.size()) grow();
    const std::uint64_t hash = text_hash(text);
    Entry& entry = entries_[slot_of(hash, text)];
    if (entry.place != none) return entry.place;
    entry = {hash, texts_.size(), text.size(), place};
    texts_ += text;
    ++count_;
    return place;
}

std::size_t ItemIndex::slot_of(std::uint64_t hash, std::string_view text) const noexcept {
    std::size_t i = hash & mask();
    for (; entries_[i].place != none; i = (i + 1) & mask()) {
        const Entry& entry = entries_[i];
        if (entry.hash != hash) continue;
        if (std::string_view{texts_}.substr(entry.offset, entry.size) == text) break;
    }
    return i;
}

void ItemIndex::grow() {
    std::vector<Entry> before(std::max(first_size, 2 * entries_.size()));
    before.swap(entries_);
    for (const Entry& entry : before) {
        if (entry.place == none) continue;
        std::size_t i = entry.hash & mask();
        while (entries_[i].place != none) i = (i + 1) & mask();
        entries_[i] = entry;
    }
}

}  // namespace weft
