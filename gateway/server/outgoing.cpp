#include "server/outgoing.hpp"

namespace weft {
void Outgoing::add(std::string_view piece) {
    if (piece.size() < copy_below) {
        text_ += piece;
    } else {
        pieces_.push_back({text_.size(), piece});
    }
}

void Outgoing::lay_out() {
    std::size_t done = 0;
    const auto text_until = [&](std::size_t end) {
        if (end > done) buffers_.emplace_back(text_.data() + done, end - done);
        done = end;
    };
    for (const Piece& piece : pieces_) {
        text_until(piece.at);
        buffers_.emplace_back(piece.bytes.data(), piece.bytes.size());
    }
    text_until(text_.size());
}

std::span<const boost::asio::const_buffer> Outgoing::buffers() {
    if (buffers_.empty()) lay_out();
    return std::span{buffers_}.subspan(next_);
}

void Outgoing::sent(std::size_t bytes) noexcept {
    while (next_ < buffers_.size() && bytes >= buffers_[next_].size()) {
        bytes -= buffers_[next_].size();
        ++next_;
    }
    if (bytes > 0) buffers_[next_] += bytes;
}

void Outgoing::clear() noexcept {
    text_.clear();
    pieces_.clear();
    buffers_.clear();
    next_ = 0;
}

}  // namespace weft
