#include "http/framing.hpp"

#include <algorithm>
#include <optional>

#include "http/characters.hpp"

namespace weft {
namespace {

// As many decimal digits as always fit into 64 bits.
constexpr std::size_t most_length_digits = 19;

// Content-Length = 1*19DIGIT: no sign, no list, no space.
std::optional<std::uint64_t> parse_length(std::string_view value) noexcept {
    if (value.empty() || value.size() > most_length_digits) return std::nullopt;
    std::uint64_t length = 0;
    for (const char digit : value) {
        if (!is_in(digits, digit)) return std::nullopt;
        length = 10 * length + static_cast<std::uint64_t>(digit - '0');
    }
    return length;
}

// Another coding is worth telling from a mistake only if the message is chunked last, and once (RFC
// 9112 section 6.1).
bool is_other_coding(std::string_view value) noexcept {
    constexpr std::string_view last = "chunked";
    if (value.size() <= last.size()) return false;
    std::string_view before = value.substr(0, value.size() - last.size());
    if (!equal_ignoring_case(value.substr(before.size()), last)) return false;
    before = trimmed(before);
    if (!before.ends_with(',')) return false;
    before = trimmed(before.substr(0, before.size() - 1));
    return !before.empty() && run_of(token_characters, before) == before.size() &&
           !equal_ignoring_case(before, last);
}

void note(const Field& field, Occurrence& seen) noexcept {
    if (seen.count++ == 0) seen.value = field.value;
}

// Failures of one kind of message.
struct Kinds {
    FailureKind malformed;
    FailureKind other_coding;  // before chunked
    FailureKind not_chunked;
};

Result<BodyFraming> framing(const FramingFields& fields, int minor_version, const Kinds& kinds) {
    const Occurrence& length = fields.content_length;
    const Occurrence& coding = fields.transfer_encoding;
    if (length.count > 1) return Failure{kinds.malformed, "more than one Content-Length"};
    if (coding.count > 1) return Failure{kinds.malformed, "more than one Transfer-Encoding"};
    if (length.count + coding.count > 1) {
        return Failure{kinds.malformed, "Content-Length beside Transfer-Encoding"};
    }
    if (coding.count == 1) {
        if (minor_version == 0) return Failure{kinds.malformed, "Transfer-Encoding in HTTP/1.0"};
        if (equal_ignoring_case(coding.value, "chunked")) return BodyFraming{Framing::chunked, 0};
        if (is_other_coding(coding.value)) {
            return Failure{kinds.other_coding, "a transfer coding other than chunked"};
        }
        return Failure{kinds.not_chunked, "Transfer-Encoding is not chunked"};
    }
    if (length.count == 0) return BodyFraming{};
    const auto bytes = parse_length(length.value);
    if (!bytes) return Failure{kinds.malformed, "Content-Length is not a number of bytes"};
    return BodyFraming{Framing::length, *bytes};
}

}  // namespace

Occurrence occurrence(const Fields& fields, std::string_view name) noexcept {
    Occurrence found;
    for (const Field& field : fields) {
        if (equal_ignoring_case(field.name, name)) note(field, found);
    }
    return found;
}

// Most names are told apart by their length.
FramingFields::FramingFields(const Fields& fields) noexcept {
    for (const Field& field : fields) {
        const auto is = [&field](std::string_view name) {
            return equal_ignoring_case(field.name, name);
        };
        if (is("Content-Length")) {
            note(field, content_length);
        } else if (is("Transfer-Encoding")) {
            note(field, transfer_encoding);
        } else if (is("Connection")) {
            connection.add_list(field.value);
        } else if (is("Keep-Alive")) {
            note(field, keep_alive);
        } else if (is("Content-Encoding")) {
            is_identity = is_identity && equal_ignoring_case(field.value, "identity");
        }
    }
}

Result<BodyFraming> request_framing(const FramingFields& fields, int minor_version) {
    constexpr Kinds kinds{
        FailureKind::bad_request, FailureKind::request_coding_unknown, FailureKind::bad_request};
    return framing(fields, minor_version, kinds);
}

Result<BodyFraming> response_framing(const FramingFields& fields, int minor_version) {
    constexpr Kinds kinds{
        FailureKind::protocol, FailureKind::transfer_coding, FailureKind::transfer_coding};
    auto decided = framing(fields, minor_version, kinds);
    if (decided && decided->framing == Framing::none) decided->framing = Framing::until_close;
    return decided;
}

bool asks_to_keep_alive(const ConnectionOptions& options, int minor_version) noexcept {
    if (options.has_close()) return false;
    return minor_version >= 1 || options.has_keep_alive();
}

bool nominates_framing(const ConnectionOptions& options) noexcept {
    return std::ranges::any_of(options.names(), [](std::string_view name) {
        return equal_ignoring_case(name, "Content-Length") ||
               equal_ignoring_case(name, "Transfer-Encoding") || equal_ignoring_case(name, "Host");
    });
}

}  // namespace weft
