// Gives bytes to a reader as a socket would: as many as there is room for.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "http/body_reader.hpp"
#include "outcome/result.hpp"

namespace weft {

// How many bytes there was room for.
template <class Reader>
std::size_t feed(Reader& reader, std::string_view bytes) {
    std::size_t fed = 0;
    while (fed < bytes.size()) {
        const auto room = reader.prepare();
        const std::size_t size = std::min(room.size(), bytes.size() - fed);
        if (size == 0) break;
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(fed), size, room.begin());
        reader.commit(size);
        fed += size;
    }
    return fed;
}

// The body as far as it has arrived; `complete` once its end was given.
struct ReadBody {
    std::string bytes;
    bool complete = false;
};

template <class Reader>
Result<ReadBody> read_available(Reader& reader) {
    ReadBody body;
    for (;;) {
        const auto part = reader.read_body();
        if (!part) return part.error();
        body.bytes.append(part->bytes());
        body.complete = part->state() == BodyPart::State::end;
        if (part->state() != BodyPart::State::data) return body;
    }
}

}  // namespace weft
