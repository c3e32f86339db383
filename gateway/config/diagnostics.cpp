#include "config/diagnostics.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

namespace weft {
namespace {

// What is kept to be sorted; a file of mistakes must not fill the memory.
constexpr std::size_t max_kept = 2'000;

void append_left_out(
    std::vector<Diagnostic>& shown, Severity severity, std::size_t found, std::string_view noun
) {
    if (found <= Diagnostics::max_errors) return;
    const std::size_t more = found - Diagnostics::max_errors;
    Position nowhere;
    nowhere.file = Position::no_file;
    shown.push_back(
        {severity,
         nowhere,
         std::to_string(more) + " more " + std::string(noun) + (more == 1 ? " is" : "s are") +
             " left out"}
    );
}

void append_printable(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7f) {
            out += c;
            continue;
        }
        out += "\\x";
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
}

}  // namespace

Position inside(Position at, std::size_t offset) noexcept {
    if (offset > at.verbatim) return at;
    at.column += static_cast<std::uint32_t>(offset);
    at.verbatim -= static_cast<std::uint32_t>(offset);
    return at;
}

std::uint16_t Diagnostics::add_file(std::string path) {
    if (files_.size() >= Position::no_file) throw std::length_error("too many files");
    files_.push_back(std::move(path));
    return static_cast<std::uint16_t>(files_.size() - 1);
}

void Diagnostics::error(Position at, std::string message) {
    ++errors_;
    add({Severity::error, at, std::move(message)});
}

void Diagnostics::warning(Position at, std::string message) {
    ++warnings_;
    add({Severity::warning, at, std::move(message)});
}

void Diagnostics::add(Diagnostic diagnostic) {
    const std::size_t of_its_kind = diagnostic.severity == Severity::error ? errors_ : warnings_;
    if (of_its_kind <= max_kept) found_.push_back(std::move(diagnostic));
}

std::vector<Diagnostic> Diagnostics::sorted() const {
    std::vector<Diagnostic> all = found_;
    std::stable_sort(all.begin(), all.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.at.file, a.at.line, a.at.column) <
               std::tie(b.at.file, b.at.line, b.at.column);
    });
    std::size_t errors = 0;
    std::size_t warnings = 0;
    std::erase_if(all, [&](const Diagnostic& diagnostic) {
        return ++(diagnostic.severity == Severity::error ? errors : warnings) > max_errors;
    });
    append_left_out(all, Severity::error, errors_, "error");
    append_left_out(all, Severity::warning, warnings_, "warning");
    return all;
}

std::string Diagnostics::to_string(const Diagnostic& diagnostic) const {
    std::string out = place(diagnostic.at);
    if (!out.empty()) out += ' ';
    if (diagnostic.severity == Severity::warning) out += "warning: ";
    append_printable(out, diagnostic.message);
    return out;
}

std::string Diagnostics::place(Position at) const {
    if (at.file >= files_.size()) return {};
    std::string out;
    append_printable(out, files_[at.file]);
    return out + ':' + std::to_string(at.line) + ':' + std::to_string(at.column) + ':';
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t longest = 64;
    if (text.size() <= longest) return '"' + std::string(text) + '"';
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return '"' + std::string(text.substr(0, end)) + "...\"";
}

}  // namespace weft
