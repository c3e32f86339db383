#include "compose/pieces.hpp"

namespace weft {

bool Pieces::take_in(std::size_t size) {
    if (size > limit_ - size_) over_limit_ = true;
    if (over_limit_) return false;
    size_ += size;
    return true;
}

void Pieces::splice(std::string_view bytes) {
    if (take_in(bytes.size())) segments_.push_back({bytes.data(), 0, bytes.size()});
}

void Pieces::append_copy(std::string_view bytes) {
    if (!take_in(bytes.size())) return;
    if (segments_.empty() || segments_.back().spliced != nullptr) {
        segments_.push_back({nullptr, text_.size(), 0});
    }
    text_ += bytes;
    segments_.back().size += bytes.size();
}

Pieces::Mark Pieces::mark() const noexcept {
    return {segments_.size(), segments_.empty() ? 0 : segments_.back().size, text_.size(), size_};
}

void Pieces::rewind(const Mark& mark) {
    segments_.resize(mark.segments);
    if (!segments_.empty()) segments_.back().size = mark.last_size;
    text_.resize(mark.text_size);
    size_ = mark.size;
}

std::vector<std::string_view> Pieces::take() const {
    std::vector<std::string_view> pieces;
    pieces.reserve(segments_.size());
    for (const Segment& segment : segments_) {
        const char* begin =
            segment.spliced != nullptr ? segment.spliced : text_.data() + segment.offset;
        pieces.emplace_back(begin, segment.size);
    }
    return pieces;
}

}  // namespace weft
