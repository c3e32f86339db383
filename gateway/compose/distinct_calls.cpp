#include "compose/distinct_calls.hpp"

#include <algorithm>
#include <string_view>

#include "compose/text_hash.hpp"

namespace weft {
namespace {

constexpr std::size_t first_size = 16;

std::size_t mix(std::size_t hash, std::string_view text) { return hash * 31 + text_hash(text); }

}  // namespace

std::size_t DistinctCalls::hash_of(const StepCall& call) {
    std::size_t hash = mix(mix(0, call.target), call.body);
    for (const OwnedField& field : call.headers) hash = mix(mix(hash, field.name()), field.value());
    return hash;
}

bool DistinctCalls::is_same(const StepCall& a, const StepCall& b) noexcept {
    const auto same_field = [](const OwnedField& left, const OwnedField& right) {
        return left.name() == right.name() && left.value() == right.value();
    };
    return a.target == b.target && a.body == b.body &&
           std::ranges::equal(a.headers, b.headers, same_field);
}

void DistinctCalls::put_in_table(const StepCall& call, std::uint32_t index) {
    if (2 * (count_ + 1) > entries_.size()) grow();
    put({hash_of(call), index});
    ++count_;
}

void DistinctCalls::grow() {
    std::vector<Entry> before(std::max(first_size, 2 * entries_.size()));
    before.swap(entries_);
    for (const Entry& entry : before) {
        if (entry.index != none) put(entry);
    }
}

void DistinctCalls::put(const Entry& entry) noexcept {
    std::size_t i = entry.hash & mask();
    while (entries_[i].index != none) i = (i + 1) & mask();
    entries_[i] = entry;
}

}  // namespace weft
