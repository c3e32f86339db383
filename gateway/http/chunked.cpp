#include "http/chunked.hpp"

#include <algorithm>

#include "http/characters.hpp"

namespace weft {
namespace {

// RFC 9110 section 5.6.4: what stands unescaped between the quotes.
constexpr CharacterClass quoted_characters = [] {
    CharacterClass characters = field_value_characters;
    characters['"'] = false;
    characters['\\'] = false;
    return characters;
}();

bool is_space(char byte) noexcept { return byte == ' ' || byte == '\t'; }

}  // namespace

ChunkedDecoder::Step ChunkedDecoder::decode(std::string_view input) noexcept {
    for (std::size_t at = 0; at < input.size(); ++at) {
        if (place_ == Place::data) {
            const auto size =
                static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size() - at));
            left_ -= size;
            if (left_ == 0) place_ = Place::data_cr;
            return {State::data, at + size, input.substr(at, size)};
        }
        at += skip_word(input.substr(at));
        if (at == input.size()) break;
        const State state = step(input[at]);
        if (state != State::need_more) return {state, at + 1, {}};
    }
    return {State::need_more, input.size(), {}};
}

// What goes on as it began needs no step for each byte. The byte behind the limits does.
std::size_t ChunkedDecoder::skip_word(std::string_view input) noexcept {
    const bool is_token = place_ == Place::name || place_ == Place::token_value;
    if (!is_token && place_ != Place::quoted_value) return 0;
    const std::size_t most = std::min(chunk_line_limit - line_, extensions_limit - extensions_);
    const std::size_t length =
        run_of(is_token ? token_characters : quoted_characters, input.substr(0, most));
    line_ += static_cast<std::uint16_t>(length);
    extensions_ += static_cast<std::uint16_t>(length);
    return length;
}

ChunkedDecoder::State ChunkedDecoder::step(char byte) noexcept {
    switch (place_) {
        case Place::size_start:
        case Place::size:
            return size(byte);
        case Place::line_lf:
            return chunk_line_ended(byte);
        case Place::data_cr:
            return go_if(Place::data_lf, byte == '\r');
        case Place::data_lf:
            return go_if(Place::size_start, byte == '\n');
        case Place::trailer_start:
        case Place::trailer_name:
        case Place::trailer_value:
        case Place::trailer_lf:
            return trailer(byte);
        case Place::last_lf:
            return byte == '\n' ? State::end : State::malformed;
        default:
            return extension(byte);
    }
}

ChunkedDecoder::State ChunkedDecoder::go_if(Place place, bool allowed) noexcept {
    place_ = place;
    return allowed ? State::need_more : State::malformed;
}

// chunk-size = 1*HEXDIG. Leading zeros are bounded by the line only.
ChunkedDecoder::State ChunkedDecoder::size(char byte) noexcept {
    if (place_ == Place::size_start) {
        line_ = 0;
        left_ = 0;
    }
    const int digit = hex_value(byte);
    if (digit < 0) {
        if (place_ == Place::size_start) return State::malformed;
        place_ = Place::after_word;
        return extension(byte);
    }
    const bool fits = left_ <= std::numeric_limits<std::uint64_t>::max() / 16;
    left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
    return go_if(Place::size, fits && ++line_ <= chunk_line_limit);
}

// chunk-ext = *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] ); spaces before the CR
// are none of it.
ChunkedDecoder::State ChunkedDecoder::extension(char byte) noexcept {
    if (byte != '\r' && (++line_ > chunk_line_limit || ++extensions_ > extensions_limit)) {
        return State::malformed;
    }
    switch (place_) {
        case Place::after_word:
            return after_word(byte);
        case Place::before_semicolon:
            return is_space(byte) ? State::need_more : go_if(Place::before_name, byte == ';');
        case Place::before_name:
        case Place::name:
        case Place::after_name:
            return extension_name(byte);
        default:
            return extension_value(byte);
    }
}

ChunkedDecoder::State ChunkedDecoder::after_word(char byte) noexcept {
    if (byte == '\r') return go_if(Place::line_lf, true);
    if (byte == ';') return go_if(Place::before_name, true);
    return go_if(Place::before_semicolon, is_space(byte));
}

ChunkedDecoder::State ChunkedDecoder::extension_name(char byte) noexcept {
    if (place_ == Place::before_name) {
        if (is_space(byte)) return State::need_more;
        return go_if(Place::name, is_in(token_characters, byte));
    }
    if (byte == '=') return go_if(Place::before_value, true);
    if (place_ == Place::after_name) {
        return is_space(byte) ? State::need_more : go_if(Place::before_name, byte == ';');
    }
    if (is_in(token_characters, byte)) return State::need_more;
    if (is_space(byte)) return go_if(Place::after_name, true);
    return after_word(byte);
}

ChunkedDecoder::State ChunkedDecoder::extension_value(char byte) noexcept {
    switch (place_) {
        case Place::before_value:
            if (is_space(byte)) return State::need_more;
            if (byte == '"') return go_if(Place::quoted_value, true);
            return go_if(Place::token_value, is_in(token_characters, byte));
        case Place::token_value:
            return is_in(token_characters, byte) ? State::need_more : after_word(byte);
        case Place::quoted_value:
            if (byte == '"') return go_if(Place::after_word, true);
            if (byte == '\\') return go_if(Place::quoted_pair, true);
            return go_if(Place::quoted_value, is_in(quoted_characters, byte));
        default:
            return go_if(Place::quoted_value, is_in(field_value_characters, byte));
    }
}

ChunkedDecoder::State ChunkedDecoder::chunk_line_ended(char byte) noexcept {
    if (byte != '\n') return State::malformed;
    if (received_ > limit_ || left_ > limit_ - received_) return State::too_large;
    received_ += left_;
    place_ = left_ == 0 ? Place::trailer_start : Place::data;
    return State::need_more;
}

ChunkedDecoder::State ChunkedDecoder::trailer(char byte) noexcept {
    if (place_ == Place::trailer_start && byte == '\r') return go_if(Place::last_lf, true);
    if (++trailers_ > trailers_limit) return State::trailers_too_large;
    switch (place_) {
        case Place::trailer_start:
            return trailer_begins(byte);
        case Place::trailer_name:
            if (byte == ':') return go_if(Place::trailer_value, true);
            return go_if(Place::trailer_name, is_in(token_characters, byte));
        case Place::trailer_value:
            if (byte == '\r') return go_if(Place::trailer_lf, true);
            return go_if(Place::trailer_value, is_in(field_value_characters, byte));
        default:
            return go_if(Place::trailer_start, byte == '\n');
    }
}

ChunkedDecoder::State ChunkedDecoder::trailer_begins(char byte) noexcept {
    if (++trailer_fields_ > trailer_fields_limit) return State::trailers_too_large;
    return go_if(Place::trailer_name, is_in(token_characters, byte));
}

}  // namespace weft
