#include "plan/compile_status.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weft {
namespace {

// The fate of an answer with a status.
enum class Fate : std::uint8_t { undecided, success, null, mapped };

constexpr std::string_view key_of(Fate fate) noexcept {
    switch (fate) {
        case Fate::success:
            return "success";
        case Fate::null:
            return "null_on";
        default:
            return "on_status";
    }
}

struct StatusWord {
    std::uint16_t number = 0;  // a code, or the first digit of a class
    bool is_class = false;
};

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// `404` or `5xx`. Interim answers (1xx) are never a call's answer.
std::optional<StatusWord> parse_status(
    const Written<std::string>& written, Diagnostics& diagnostics
) {
    const std::string& text = written.value;
    const auto fail = [&](std::string_view problem) {
        diagnostics.error(written.at, in_quotes(text) + std::string{problem});
        return std::nullopt;
    };
    const bool is_class =
        text.size() == 3 && is_digit(text[0]) && (text[1] | 0x20) == 'x' && (text[2] | 0x20) == 'x';
    const bool is_code = !text.empty() && std::ranges::all_of(text, is_digit);
    if (!is_class && !is_code) {
        return fail(" is not a status: a code such as 404, or a class such as 5xx");
    }
    if (is_class && text.substr(1) != "xx") return fail(" is written with small letters");
    if (text.size() != 3 || text[0] < '2' || text[0] > '5') {
        return fail(
            is_class ? " is not a class of answers: 2xx to 5xx"
                     : " is not the status of an answer: 200 to 599"
        );
    }
    if (is_class) return StatusWord{static_cast<std::uint16_t>(text[0] - '0'), true};
    return StatusWord{static_cast<std::uint16_t>(std::stoi(text)), false};
}

StatusSet set_of(const StatusWord& word) {
    if (word.is_class) return StatusSet::of_class(word.number);
    StatusSet set;
    set.add(word.number);
    return set;
}

class StatusCompiler {
  public:
    StatusCompiler(const WrittenStep& written, Step& step, Diagnostics& diagnostics)
        : written_{written}, step_{step}, diagnostics_{diagnostics} {}

    void compile() {
        for (const auto& text : written_.success) add(text, Fate::success);
        for (const auto& text : written_.null_on) add(text, Fate::null);
        for (const auto& rule : written_.on_status) {
            if (const auto word = add(rule.from, Fate::mapped)) add_rule(*word, rule);
        }
        // Exact codes first.
        std::stable_partition(rules_.begin(), rules_.end(), [](const auto& rule) {
            return !rule.first.is_class;
        });
        for (const auto& [word, to] : rules_) step_.on_status.push_back({set_of(word), to});
        fill();
    }

  private:
    std::optional<StatusWord> add(const Written<std::string>& text, Fate fate) {
        const auto word = parse_status(text, diagnostics_);
        if (!word) return std::nullopt;
        Fate& known = fate_of(*word);
        if (known == Fate::undecided) {
            known = fate;
            return word;
        }
        const std::string_view before = key_of(known);
        if (known == fate) {
            diagnostics_.error(text.at, in_quotes(text.value) + " stands here twice");
        } else {
            diagnostics_.error(
                text.at,
                in_quotes(text.value) + " cannot be in both \"" + std::string{before} +
                    "\" and \"" + std::string{key_of(fate)} + "\": take it out of one of them"
            );
        }
        return std::nullopt;
    }

    Fate& fate_of(const StatusWord& word) {
        return word.is_class ? classes_[word.number] : codes_[word.number];
    }

    void add_rule(const StatusWord& word, const WrittenStatusRule& rule) {
        if (word.is_class && word.number == 2 && written_.success.empty()) {
            return diagnostics_.error(
                rule.from.at,
                "\"2xx\" is the success of this step, so no client gets another status for it: say "
                "in \"success\" what is one, or name single codes here"
            );
        }
        rules_.emplace_back(word, static_cast<std::uint16_t>(rule.to.value));
    }

    void fill() {
        if (written_.success.empty() && classes_[2] == Fate::undecided) classes_[2] = Fate::success;
        step_.success = {};
        for (std::uint16_t status = 200; status < 600; ++status) {
            Fate fate = codes_[status];
            if (fate == Fate::undecided) fate = classes_[status / 100];
            if (fate == Fate::success) step_.success.add(status);
            if (fate == Fate::null) step_.null_on.add(status);
        }
    }

    const WrittenStep& written_;
    Step& step_;
    Diagnostics& diagnostics_;
    std::array<Fate, 600> codes_{};
    std::array<Fate, 6> classes_{};  // by their first digit
    std::vector<std::pair<StatusWord, std::uint16_t>> rules_;
};

}  // namespace

void compile_statuses(const WrittenStep& written, Step& step, Diagnostics& diagnostics) {
    StatusCompiler{written, step, diagnostics}.compile();
}

}  // namespace weft
