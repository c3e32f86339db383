// Written by hand, because the values in it keep their digits.
#include "json/text.hpp"
#include "trial/test_report.hpp"

namespace weft {
namespace {

// Members of objects and elements of arrays, one after the other.
class JsonWriter {
  public:
    JsonWriter& begin(char bracket) {
        separate();
        text_ += bracket;
        is_first_ = true;
        return *this;
    }
    JsonWriter& end(char bracket) {
        text_ += bracket;
        is_first_ = false;
        return *this;
    }
    JsonWriter& name(std::string_view name) {
        separate();
        append_json_string(text_, name);
        text_ += ':';
        is_first_ = true;
        return *this;
    }
    JsonWriter& value(std::string_view json) {
        separate();
        text_ += json;
        return *this;
    }
    JsonWriter& text(std::string_view name, std::string_view text) {
        return this->name(name).value(json_text_of(text));
    }
    JsonWriter& number(std::string_view name, std::uint64_t number) {
        return this->name(name).value(std::to_string(number));
    }
    std::string take() { return std::move(text_) + '\n'; }

  private:
    void separate() {
        if (!is_first_) text_ += ',';
        is_first_ = false;
    }

    std::string text_;
    bool is_first_ = true;
};

std::string_view word_of(MessagePart part) {
    switch (part) {
        case MessagePart::route:
            return "route";
        case MessagePart::status:
            return "status";
        case MessagePart::header:
            return "header";
        case MessagePart::body:
            break;
    }
    return "body";
}

void write(JsonWriter& json, const Difference& difference) {
    json.text("part", word_of(difference.part));
    if (difference.part == MessagePart::header) json.text("name", difference.place);
    if (difference.part == MessagePart::body) json.text("path", difference.place);
    if (difference.expected) json.name("expected").value(*difference.expected);
    if (difference.got) json.name("got").value(*difference.got);
}

void write(JsonWriter& json, const Stub& stub) {
    json.text("upstream", stub.upstream).text("call", stub.name);
}

void write_failures(JsonWriter& json, const TestOutcome& outcome) {
    json.name("differences").begin('[');
    for (const Difference& each : outcome.differences) {
        json.begin('{');
        write(json, each);
        json.end('}');
    }
    json.end(']').name("calls").begin('[');
    for (const CallDifference& each : outcome.calls) {
        json.begin('{');
        write(json, *each.stub);
        write(json, each.difference);
        json.end('}');
    }
    json.end(']').name("unstubbed").begin('[');
    for (const UnstubbedCall& each : outcome.unstubbed) {
        json.begin('{').text("upstream", each.upstream).text("call", each.call);
        if (each.nearest != nullptr) {
            json.name("nearest").begin('{');
            write(json, *each.nearest);
            json.end('}');
        }
        json.end('}');
    }
    json.end(']');
    if (!outcome.bug.empty()) json.text("bug", outcome.bug);
}

void write(JsonWriter& json, const TestOutcome& outcome, const Diagnostics& places) {
    const RouteTest& test = *outcome.test;
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(outcome.took).count();
    json.begin('{').text("route", test.route).text("name", test.name);
    json.text("file", places.file(test.at.file)).number("line", test.at.line);
    json.number("column", test.at.column);
    json.name("passed").value(outcome.passed() ? "true" : "false");
    json.number("status", outcome.status).number("ms", static_cast<std::uint64_t>(took));
    if (!outcome.passed()) write_failures(json, outcome);
    json.name("unused").begin('[');
    for (const Stub* stub : outcome.unused) {
        json.begin('{');
        write(json, *stub);
        json.end('}');
    }
    json.end(']').end('}');
}

}  // namespace

std::string outcomes_as_json(std::span<const TestOutcome> outcomes, const Diagnostics& places) {
    const std::size_t failed = failed_tests(outcomes);
    JsonWriter json;
    json.begin('{').number("passed", outcomes.size() - failed).number("failed", failed);
    json.name("tests").begin('[');
    for (const TestOutcome& outcome : outcomes) write(json, outcome, places);
    json.end(']').end('}');
    return json.take();
}

}  // namespace weft
