#include <algorithm>

#include "trial/test_report.hpp"

namespace weft {
namespace {

constexpr std::size_t most_lines = 20;      // of one kind, of one test
constexpr std::size_t longest_value = 200;  // bytes

constexpr std::string_view indentation = "        ";

// On one line: in JSON, line breaks and tabs stand only between values.
std::string shown(const std::optional<std::string>& value) {
    if (!value) return "nothing";
    std::string text = *value;
    std::ranges::replace_if(
        text, [](char c) { return c >= 0 && c < ' '; }, ' '
    );
    if (text.size() <= longest_value) return text;
    std::size_t cut = longest_value;
    // Not within a character of UTF-8.
    while ((static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) --cut;
    return text.substr(0, cut) + "...";
}

std::string place_of(const Difference& difference) {
    switch (difference.part) {
        case MessagePart::route:
            return "the route that answers";
        case MessagePart::status:
            return "status";
        case MessagePart::header:
            return "header " + difference.place;
        case MessagePart::body:
            break;
    }
    return difference.place.empty() ? "body" : "body " + difference.place;
}

std::string text_of(const Difference& difference) {
    return place_of(difference) + ": expected " + shown(difference.expected) + ", got " +
           shown(difference.got);
}

std::string name_of(const Stub& stub) { return stub.upstream + ' ' + in_quotes(stub.name); }

class TextReport {
  public:
    explicit TextReport(const Diagnostics& places) : places_{places} {}

    void add(const TestOutcome& outcome);
    std::string take() { return std::move(text_); }

  private:
    void add_line(const std::string& line) { text_.append(indentation).append(line) += '\n'; }

    // The first of them, each as one line.
    template <class Things, class Line>
    void add_lines(const Things& things, const Line& line) {
        const std::size_t shown = std::min(things.size(), most_lines);
        for (std::size_t i = 0; i < shown; ++i) add_line(line(things[i]));
        if (shown < things.size()) {
            add_line("and " + std::to_string(things.size() - shown) + " more like these");
        }
    }

    void add_failure(const TestOutcome& outcome);

    const Diagnostics& places_;
    std::string text_;
};

void TextReport::add(const TestOutcome& outcome) {
    const RouteTest& test = *outcome.test;
    text_.append(outcome.passed() ? "ok      " : "FAILED  ").append(test.route).append(": ");
    text_.append(test.name) += '\n';
    if (!outcome.passed()) add_failure(outcome);
    add_lines(outcome.unused, [](const Stub* stub) {
        return "the stub of " + name_of(*stub) + " was never used";
    });
}

void TextReport::add_failure(const TestOutcome& outcome) {
    const RouteTest& test = *outcome.test;
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(outcome.took).count();
    add_line(
        places_.place(test.at) + ' ' + std::string{to_string(test.request.method)} + ' ' +
        test.request.target + " got " + std::to_string(outcome.status) + " after " +
        std::to_string(took) + " ms"
    );
    if (!outcome.bug.empty()) add_line(outcome.bug);
    add_lines(outcome.unstubbed, [](const UnstubbedCall& each) {
        const std::string nearest =
            each.nearest == nullptr ? "" : "; the nearest is that of " + name_of(*each.nearest);
        return "no stub for the call " + each.upstream + " \"" + each.call + '"' + nearest;
    });
    add_lines(outcome.calls, [](const CallDifference& each) {
        return "the call " + name_of(*each.stub) + ": " + text_of(each.difference);
    });
    add_lines(outcome.differences, text_of);
}

}  // namespace

std::size_t failed_tests(std::span<const TestOutcome> outcomes) {
    const auto failed = std::ranges::count(outcomes, false, &TestOutcome::passed);
    return static_cast<std::size_t>(failed);
}

std::string outcomes_as_text(std::span<const TestOutcome> outcomes, const Diagnostics& places) {
    TextReport report{places};
    for (const TestOutcome& outcome : outcomes) report.add(outcome);
    const std::size_t failed = failed_tests(outcomes);
    const std::string tests = outcomes.size() == 1 ? " test, " : " tests, ";
    return report.take() + std::to_string(outcomes.size()) + tests +
           (failed == 0 ? std::string{"all passed"} : std::to_string(failed) + " failed") + '\n';
}

}  // namespace weft
