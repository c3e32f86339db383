#include "fuzz/grammar/fields.hpp"

#include <algorithm>
#include <limits>

#include "fuzz/grammar/core_rules.hpp"

namespace weft::grammar {
namespace {

// field-line = field-name ":" OWS field-value OWS
bool field_line(Cursor& in, FieldLines& fields) {
    const std::size_t name = in.at();
    if (!token(in)) return false;
    fields.emplace_back(in.from(name), "");
    if (!in.literal(':')) return false;
    skip_white(in);
    const std::size_t begin = in.at();
    in.any([](char c) { return white(c) || vchar(c) || obs_text(c); });
    std::string_view value = in.from(begin);
    while (!value.empty() && white(value.back())) value.remove_suffix(1);
    fields.back().second = value;
    return true;
}

// transfer-coding = token *( OWS ";" OWS token BWS "=" BWS ( token / quoted-string ) )
bool transfer_coding(Cursor& in, std::vector<std::string_view>& codings) {
    const std::size_t begin = in.at();
    if (!token(in)) return false;
    const std::string_view name = in.from(begin);
    for (;;) {
        const std::size_t end = in.at();
        skip_white(in);
        if (!in.literal(';')) {
            in.back_to(end);
            codings.push_back(in.from(begin));
            return !name.empty();
        }
        skip_white(in);
        if (!token(in)) return false;
        skip_white(in);
        if (!in.literal('=')) return false;
        skip_white(in);
        if (!(in.is_next('"') ? quoted_string(in) : token(in))) return false;
    }
}

}  // namespace

// HTTP-version = "HTTP" "/" DIGIT "." DIGIT
bool http_version(Cursor& in, Version& read) {
    if (!in.literal("HTTP/")) return false;
    const char major = in.next();
    if (!in.one(digit) || !in.literal('.')) return false;
    const char minor = in.next();
    if (!in.one(digit)) return false;
    read.major = major - '0';
    read.minor = minor - '0';
    return true;
}

bool field_section(Cursor& in, FieldLines& fields) {
    while (!in.is_next('\r')) {
        if (!field_line(in, fields) || !crlf(in)) return false;
    }
    return crlf(in);
}

std::vector<std::string_view> values(const FieldLines& fields, std::string_view name) {
    std::vector<std::string_view> found;
    for (const auto& [each, value] : fields) {
        if (equal_ignoring_case(each, name)) found.push_back(value);
    }
    return found;
}

std::vector<std::string_view> tokens(const FieldLines& fields, std::string_view name) {
    std::vector<std::string_view> found;
    for (const std::string_view value : values(fields, name)) {
        Cursor in{value};
        list(in, [&](Cursor& element) {
            const std::size_t begin = element.at();
            if (!token(element)) return false;
            found.push_back(element.from(begin));
            return true;
        });
    }
    return found;
}

bool is_token_list(const FieldLines& fields, std::string_view name) {
    return std::ranges::all_of(values(fields, name), [](std::string_view value) {
        return is_all(value, [](Cursor& in) { return list(in, token); });
    });
}

std::optional<std::vector<std::string_view>> transfer_codings(const FieldLines& fields) {
    std::vector<std::string_view> codings;
    for (const std::string_view value : values(fields, "Transfer-Encoding")) {
        const bool is_list = is_all(value, [&](Cursor& in) {
            return list(in, [&](Cursor& element) { return transfer_coding(element, codings); });
        });
        if (!is_list) return std::nullopt;
    }
    return codings;
}

std::optional<std::uint64_t> content_length(const FieldLines& fields) {
    std::vector<std::string_view> numbers;
    for (const std::string_view value : values(fields, "Content-Length")) {
        const bool is_list = is_all(value, [&](Cursor& in) {
            return list(in, [&](Cursor& element) {
                const std::size_t begin = element.at();
                if (!element.some(digit)) return false;
                numbers.push_back(element.from(begin));
                return true;
            });
        });
        if (!is_list) return std::nullopt;
    }
    const bool same = std::ranges::all_of(numbers, [&](auto each) { return each == numbers[0]; });
    if (numbers.empty() || !same) return std::nullopt;
    std::uint64_t length = 0;
    for (const char c : numbers[0]) {
        const auto value = static_cast<std::uint64_t>(c - '0');
        if (length > (std::numeric_limits<std::uint64_t>::max() - value) / 10) return std::nullopt;
        length = length * 10 + value;
    }
    return length;
}

bool is_persistent(const FieldLines& fields, const Version& version) {
    bool close = false;
    bool keep_alive = false;
    for (const std::string_view option : tokens(fields, "Connection")) {
        close = close || equal_ignoring_case(option, "close");
        keep_alive = keep_alive || equal_ignoring_case(option, "keep-alive");
    }
    return !close && (version.minor >= 1 || keep_alive);
}

}  // namespace weft::grammar
