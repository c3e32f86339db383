#include "compose/pieces.hpp"

namespace weft {

void Pieces::splice(std::string_view bytes) {
    if (!take_in(bytes.size())) return;
    if (text_.size() > copied_) segments_.push_back({nullptr, copied_, text_.size() - copied_});
    copied_ = text_.size();
    segments_.push_back({bytes.data(), 0, bytes.size()});
}

void Pieces::rewind(const Mark& mark) {
    segments_.resize(mark.segments);
    copied_ = mark.copied;
    text_.resize(mark.text_size);
    size_ = mark.size;
}

std::vector<std::string_view> Pieces::take() const {
    std::vector<std::string_view> pieces;
    pieces.reserve(segments_.size() + 1);
    for (const Segment& segment : segments_) {
        const char* begin =
            segment.spliced != nullptr ? segment.spliced : text_.data() + segment.offset;
        pieces.emplace_back(begin, segment.size);
    }
    if (text_.size() > copied_) pieces.push_back(std::string_view{text_}.substr(copied_));
    return pieces;
}

}  // namespace weft
