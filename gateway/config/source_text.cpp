#include "config/source_text.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

namespace weft {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

struct Span {
    unsigned char low = 0x80;
    unsigned char high = 0xbf;
};

// RFC 3629, section 4: what may follow a first byte, and the range of the second.
std::size_t length_of_sequence(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return 2;
    if (first >= 0xe0 && first <= 0xef) return 3;
    if (first >= 0xf0 && first <= 0xf4) return 4;
    return 0;
}

Span second_byte(unsigned char first) {
    switch (first) {
        case 0xe0:
            return {0xa0, 0xbf};
        case 0xed:
            return {0x80, 0x9f};
        case 0xf0:
            return {0x90, 0xbf};
        case 0xf4:
            return {0x80, 0x8f};
        default:
            return {};
    }
}

}  // namespace

std::size_t utf8_length(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t length = length_of_sequence(first);
    if (length == 0 || length > text.size()) return 0;
    Span allowed = second_byte(first);
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < allowed.low || byte > allowed.high) return 0;
        allowed = {};
    }
    return length;
}

namespace {

std::string control_character(std::string_view rest) {
    const auto byte = static_cast<unsigned char>(rest[0]);
    if (byte == '\r') {
        const bool ends_line = rest.size() > 1 && rest[1] == '\n';
        return ends_line ? "" : "a carriage return that does not belong to a line end";
    }
    if (byte == '\t' || byte == '\n' || (byte >= 0x20 && byte != 0x7f)) return {};
    if (byte == 0) return "a NUL byte: is this a YAML file in UTF-8?";
    return "a control character: write it as an escape in double quotes, such as \"\\x1b\"";
}

struct Flaw {
    std::size_t offset = 0;
    std::string message;
};

std::optional<Flaw> first_flaw(std::string_view text) {
    if (text.size() > SourceText::max_bytes)
        return Flaw{0, "the file is larger than 1 MiB: split it"};
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length(text.substr(i));
        if (length == 0) return Flaw{i, "this is not UTF-8: save the file in that encoding"};
        std::string control = control_character(text.substr(i));
        if (!control.empty()) return Flaw{i, std::move(control)};
        i += length;
    }
    return std::nullopt;
}

// At most one byte more than is accepted.
std::optional<std::string> read_bytes(const std::filesystem::path& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        errno = EISDIR;
        return std::nullopt;
    }
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::string bytes(SourceText::max_bytes + byte_order_mark.size() + 1, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (in.bad()) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

}  // namespace

std::optional<SourceText> SourceText::read(
    const std::filesystem::path& path, std::uint16_t file, Diagnostics& diagnostics
) {
    std::optional<std::string> bytes = read_bytes(path);
    if (bytes) return check(std::move(*bytes), file, diagnostics);
    const std::string why = std::generic_category().message(errno != 0 ? errno : EIO);
    diagnostics.error({file, 1, 1}, "the file cannot be read: " + why);
    return std::nullopt;
}

std::optional<SourceText> SourceText::check(
    std::string bytes, std::uint16_t file, Diagnostics& diagnostics
) {
    if (bytes.starts_with(byte_order_mark)) bytes.erase(0, byte_order_mark.size());
    std::optional<Flaw> flaw = first_flaw(bytes);
    SourceText source(std::move(bytes), file);
    if (!flaw) return source;
    diagnostics.error(source.position(flaw->offset), std::move(flaw->message));
    return std::nullopt;
}

SourceText::SourceText(std::string text, std::uint16_t file)
    : text_(std::move(text)), file_(file), line_starts_{0} {
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (text_[i] == '\n') line_starts_.push_back(i + 1);
    }
}

std::string_view SourceText::from(Position at) const noexcept {
    const std::size_t line = std::min<std::size_t>(at.line, line_starts_.size());
    const std::size_t offset = line_starts_[line - 1] + at.column - 1;
    return std::string_view(text_).substr(std::min(offset, text_.size()));
}

std::string_view SourceText::line(Position at) const noexcept {
    at.column = 1;
    const std::string_view rest = from(at);
    return rest.substr(0, rest.find_first_of("\r\n"));
}

Position SourceText::position(std::size_t offset) const noexcept {
    const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    const auto line = static_cast<std::uint32_t>(after - line_starts_.begin());
    return position(line, static_cast<std::uint32_t>(offset - *(after - 1) + 1));
}

Position SourceText::position(std::uint32_t line, std::uint32_t column) const noexcept {
    const std::size_t last = std::min<std::size_t>(line, line_starts_.size());
    const std::size_t end = last < line_starts_.size() ? line_starts_[last] - 1 : text_.size();
    const std::size_t longest = end - line_starts_[last - 1] + 1;
    return {
        file_,
        static_cast<std::uint32_t>(last),
        static_cast<std::uint32_t>(std::min<std::size_t>(column, longest))};
}

}  // namespace weft
