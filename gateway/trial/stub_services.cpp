#include "trial/stub_services.hpp"

#include <algorithm>

#include "trial/field_lines.hpp"

namespace weft {
const Stub* StubServices::answer_to(
    std::string_view upstream, Method method, std::string_view target
) {
    const auto call = CallName::of(method, target);
    for (std::size_t i = 0; call && i < stubs_.size(); ++i) {
        if (stubs_[i].upstream != upstream || stubs_[i].call != *call) continue;
        used_[i] = true;
        return &stubs_[i];
    }
    const std::string name = std::string{to_string(method)} + ' ' + std::string{target};
    unstubbed_.push_back({std::string{upstream}, name, call ? nearest(upstream, *call) : nullptr});
    return nullptr;
}

// Those of the same upstream come before all others.
const Stub* StubServices::nearest(std::string_view upstream, const CallName& call) const {
    const auto rank = [&](const Stub& stub) {
        return std::pair{stub.upstream == upstream, stub.call.likeness(call)};
    };
    const auto best = std::ranges::max_element(stubs_, {}, rank);
    return best == stubs_.end() ? nullptr : &*best;
}

void StubServices::received(const Stub& stub, std::string_view field_lines, std::string_view body) {
    for (auto& each : message_differences(stub.expect, split_field_lines(field_lines), body)) {
        differences_.push_back({&stub, std::move(each)});
    }
}

std::vector<const Stub*> StubServices::unused() const {
    std::vector<const Stub*> unused;
    for (std::size_t i = 0; i < stubs_.size(); ++i) {
        if (!used_[i]) unused.push_back(&stubs_[i]);
    }
    return unused;
}

}  // namespace weft
