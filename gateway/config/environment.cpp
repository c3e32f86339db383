#include "config/environment.hpp"

#include <algorithm>
#include <cstdlib>

#include "config/diagnostics.hpp"

namespace weft {
namespace {

constexpr std::size_t longest_text = 64 << 10;  // bytes, after expansion

struct EnvReference {
    std::string name;
    std::optional<std::string> fallback;
};

bool is_name_character(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view trim_left(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return text;
}

// `inner` is what stands between `${` and `}`. Nothing if it is not of the form env.NAME or
// env.NAME:-default.
std::optional<EnvReference> parse_reference(std::string_view inner) {
    inner = trim_left(inner).substr(std::string_view("env.").size());
    const auto name_end = std::find_if_not(inner.begin(), inner.end(), is_name_character);
    const auto length = static_cast<std::size_t>(name_end - inner.begin());
    EnvReference reference{std::string(inner.substr(0, length)), std::nullopt};
    const bool is_name = length > 0 && !(inner[0] >= '0' && inner[0] <= '9');
    inner.remove_prefix(length);
    if (inner.starts_with(":-")) {
        reference.fallback = std::string(inner.substr(2));
        inner = {};
    }
    if (!is_name || !trim_left(inner).empty()) return std::nullopt;
    return reference;
}

class Expander {
  public:
    Expander(std::string_view text, TextUse use, const Environment& environment)
        : text_(text), use_(use), environment_(environment) {}

    EnvExpansion run();

  private:
    std::size_t expand(std::size_t begin);
    void append(const EnvReference& reference, std::size_t begin);
    void append_literal(std::string_view value, std::size_t reference);
    void put_literal(char c);
    void keep_dollar_literal();
    void problem(std::size_t offset, std::string message) {
        out_.problems.push_back({offset, std::move(message)});
    }

    std::string_view text_;
    TextUse use_;
    const Environment& environment_;
    EnvExpansion out_;
    bool ends_in_dollar_ = false;  // with one from the environment, which must not open a `${`
};

EnvExpansion Expander::run() {
    std::size_t at = 0;
    while (at < text_.size() && out_.problems.empty()) {
        const std::string_view rest = text_.substr(at);
        const bool is_escape = rest.starts_with("$${");
        const bool is_env = rest.starts_with("${") && trim_left(rest.substr(2)).starts_with("env.");
        if (is_env) {
            at = expand(at);
            continue;
        }
        const std::size_t length = is_escape ? 3 : 1;
        if (rest[0] == '{') keep_dollar_literal();
        ends_in_dollar_ = false;
        out_.text += rest.substr(0, length);
        at += length;
    }
    if (!out_.expanded) out_.verbatim = out_.text.size();
    return std::move(out_);
}

// Returns the offset after the reference at `begin`.
std::size_t Expander::expand(std::size_t begin) {
    const std::size_t end = text_.find('}', begin);
    if (end == std::string_view::npos) {
        problem(begin, "\"${\" is not closed");
        return text_.size();
    }
    if (const auto reference = parse_reference(text_.substr(begin + 2, end - begin - 2))) {
        append(*reference, begin);
    } else {
        problem(
            begin,
            in_quotes(text_.substr(begin, end + 1 - begin)) +
                " is not an environment variable: write ${env.NAME} or ${env.NAME:-default}"
        );
    }
    return end + 1;
}

void Expander::append(const EnvReference& reference, std::size_t begin) {
    std::optional<std::string> value = environment_(reference.name);
    if (!value || value->empty()) value = reference.fallback;
    if (!value) {
        problem(
            begin,
            "the environment variable " + in_quotes(reference.name) +
                " is not set and has no default: set it, or write ${env." + reference.name +
                ":-default}"
        );
        return;
    }
    if (!out_.expanded) out_.verbatim = out_.text.size();
    out_.expanded = true;
    append_literal(*value, begin);
}

void Expander::append_literal(std::string_view value, std::size_t reference) {
    if (out_.text.size() + value.size() > longest_text) {
        return problem(reference, "with the environment's text this is longer than 64 KiB");
    }
    if (use_ == TextUse::path && value.find_first_of("{}") != std::string_view::npos) {
        return problem(reference, "a path cannot take a value with braces from the environment");
    }
    for (const char c : value) put_literal(c);
}

void Expander::put_literal(char c) {
    if (c == '{') keep_dollar_literal();
    out_.text += c;
    ends_in_dollar_ = c == '$';
}

void Expander::keep_dollar_literal() {
    if (ends_in_dollar_ && use_ != TextUse::literal) out_.text += '$';
}

}  // namespace

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        if (value == nullptr || *value == '\0') return std::nullopt;
        return value;
    };
}

EnvExpansion expand_environment(
    std::string_view text, TextUse use, const Environment& environment
) {
    return Expander(text, use, environment).run();
}

}  // namespace weft
