#include "http/body_reader.hpp"

#include <algorithm>
#include <cstring>

namespace weft {
namespace {

BodyReader::Fault fault_of(ChunkedDecoder::State state) noexcept {
    switch (state) {
        case ChunkedDecoder::State::malformed:
            return BodyReader::Fault::malformed;
        case ChunkedDecoder::State::trailers_too_large:
            return BodyReader::Fault::trailers_too_large;
        case ChunkedDecoder::State::too_large:
            return BodyReader::Fault::too_large;
        default:
            return BodyReader::Fault::none;
    }
}

}  // namespace

std::size_t body_window(const BodyFraming& framing) noexcept {
    constexpr std::size_t of_unknown_length = largest_body_window / 2;
    switch (framing.framing) {
        case Framing::none:
            return 0;
        case Framing::length:
            return static_cast<std::size_t>(
                std::min<std::uint64_t>(framing.length, largest_body_window)
            );
        default:
            return of_unknown_length;
    }
}

void BodyReader::begin(const BodyFraming& framing, std::size_t offset) noexcept {
    *this = BodyReader{};
    framing_ = framing;
    begin_ = at_ = offset;
    complete_ = framing.framing == Framing::none ||
                (framing.framing == Framing::length && framing.length == 0);
}

BodyReader::Fault BodyReader::set_limit(std::uint64_t bytes) noexcept {
    limit_ = bytes;
    chunked_.set_limit(bytes);
    if (framing_.framing == Framing::length && framing_.length > bytes) fault_ = Fault::too_large;
    return fault_;
}

std::string_view BodyReader::reason() const noexcept {
    switch (fault_) {
        case Fault::none:
            return {};
        case Fault::malformed:
            return "the body's chunked coding is malformed";
        case Fault::trailers_too_large:
            return "the trailer section is too large";
        case Fault::too_large:
            return "the body is too large";
    }
    return {};
}

BodyPart BodyReader::read(ReceiveBuffer& buffer) noexcept {
    if (fault_ != Fault::none) return BodyPart::need_more();
    const std::size_t unread = buffer.bytes().size() - at_;
    if (unread == 0) {
        // What has been handed out is done with: its place is free for what comes.
        buffer.cut(begin_);
        at_ = begin_;
        complete_ = complete_ || (eof_ && framing_.framing == Framing::until_close);
    }
    if (complete_) return BodyPart::end();
    if (unread == 0) return BodyPart::need_more();
    const std::span<char> rest{buffer.data() + at_, unread};
    if (framing_.framing == Framing::chunked) return read_chunked(rest, buffer);
    return read_plain(rest);
}

BodyPart BodyReader::read_plain(std::span<const char> rest) noexcept {
    const bool counted = framing_.framing == Framing::length;
    const std::uint64_t left = counted ? framing_.length - done_ : rest.size();
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left, rest.size()));
    if (size > limit_ - std::min(limit_, done_)) return refuse(Fault::too_large);
    done_ += size;
    at_ += size;
    complete_ = counted && done_ == framing_.length;
    return BodyPart::data({rest.data(), size}, complete_);
}

// Data of several chunks is moved together, so that a body in chunks of one byte is not handed out
// byte by byte.
BodyPart BodyReader::read_chunked(std::span<char> rest, ReceiveBuffer& buffer) noexcept {
    std::span<char> data;
    std::size_t taken = 0;
    while (taken < rest.size() && !complete_) {
        const std::span<char> left = rest.subspan(taken);
        const auto step = chunked_.decode({left.data(), left.size()});
        if (const Fault fault = fault_of(step.state); fault != Fault::none) return refuse(fault);
        complete_ = step.state == ChunkedDecoder::State::end;
        taken += step.taken;
        if (step.data.empty()) continue;
        const std::span<char> piece = rest.subspan(taken - step.data.size(), step.data.size());
        if (data.empty()) {
            data = piece;
        } else {
            std::memmove(data.data() + data.size(), piece.data(), piece.size());
            data = {data.data(), data.size() + piece.size()};
        }
    }
    at_ += taken;
    if (data.empty()) return read(buffer);
    return BodyPart::data({data.data(), data.size()}, complete_);
}

BodyPart BodyReader::refuse(Fault fault) noexcept {
    fault_ = fault;
    return BodyPart::need_more();
}

}  // namespace weft
