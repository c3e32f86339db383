#include "compose/render.hpp"

#include <string>
#include <utility>

#include "compose/escape.hpp"
#include "compose/request_body.hpp"
#include "compose/text.hpp"
#include "plan/percent.hpp"

namespace weft {
namespace {

struct InSegment {
    std::string& out;
    void literal(std::string_view text) { out += text; }
    bool value(std::string_view text) {
        if (!fits_in_segment(text)) return false;
        append_percent_encoded(out, text);
        return true;
    }
};

// Encoded afterwards, as a whole.
struct InQuery {
    std::string& out;
    void literal(std::string_view text) { out += text; }
    bool value(std::string_view text) {
        out += text;
        return out.size() <= max_query_value;
    }
};

struct InHeader {
    std::string& out;
    void literal(std::string_view text) { out += text; }
    bool value(std::string_view text) {
        out += text;
        return fits_in_header(text) && out.size() <= max_header_value;
    }
};

using Refusal = std::variant<std::monostate, Failure, Unavailable>;

class CallRenderer {
  public:
    explicit CallRenderer(const Scope& scope) : scope_{scope} {}

    Refusal render(const CallTemplate& from, StepCall& call) {
        for (const TextTemplate& segment : from.target.segments) {
            if (!add_segment(call.target, segment)) return std::move(refusal_);
        }
        for (const QueryParameter& parameter : from.target.query) {
            if (!add_parameter(call.target, parameter)) return std::move(refusal_);
        }
        for (const HeaderTemplate& header : from.headers) {
            if (!add_header(call.headers, header)) return std::move(refusal_);
        }
        if (from.body && !add_body(call.body, *from.body)) return std::move(refusal_);
        return std::monostate{};
    }

  private:
    // Whether the text is complete or dropped; else the refusal is noted.
    bool accept(const TextOutcome& outcome) {
        switch (outcome.end) {
            case TextEnd::complete:
            case TextEnd::dropped:
                return true;
            case TextEnd::unavailable:
                refusal_ = Unavailable{};
                return false;
            case TextEnd::missing:
            case TextEnd::unusable:
                return refuse(outcome);
        }
        return false;
    }

    bool refuse(const TextOutcome& outcome) {
        refusal_ = input_failure(outcome.why, *outcome.by, outcome.in_it, scope_);
        return false;
    }

    bool refuse_body() {
        refusal_ =
            Failure{FailureKind::invalid_value, "a body larger than limits.max_answer"}.at_step(
                scope_.step->name
            );
        return false;
    }

    // A whole segment that no single value made wrong.
    bool refuse_segment() {
        refusal_ =
            Failure{FailureKind::invalid_value, "a path segment of dots"}.at_step(scope_.step->name
            );
        return false;
    }

    bool add_segment(std::string& target, const TextTemplate& segment) {
        target += '/';
        const std::size_t begin = target.size();
        const TextOutcome outcome = render_text(segment, scope_, InSegment{target});
        // A segment cannot be left out: that would move those after it.
        if (outcome.end == TextEnd::dropped) return refuse(outcome);
        if (!accept(outcome)) return false;
        return !is_dot_segment(std::string_view{target}.substr(begin)) || refuse_segment();
    }

    bool add_parameter(std::string& target, const QueryParameter& parameter) {
        std::string value;
        const TextOutcome outcome = render_text(parameter.value, scope_, InQuery{value});
        if (!accept(outcome)) return false;
        if (outcome.end == TextEnd::dropped) return true;
        target += has_query_ ? '&' : '?';
        has_query_ = true;
        target += parameter.name;
        target += '=';
        append_percent_encoded(target, value);
        return true;
    }

    bool add_header(std::vector<OwnedField>& headers, const HeaderTemplate& header) {
        std::string value;
        const TextOutcome outcome = render_text(header.value, scope_, InHeader{value});
        if (!accept(outcome)) return false;
        if (outcome.end == TextEnd::dropped) return true;
        headers.emplace_back(header.name, value);
        return true;
    }

    bool add_body(std::string& body, const BodyNode& from) {
        const std::uint64_t limit = scope_.run.snapshot->limits.max_answer;
        const TextOutcome outcome = write_request_body(from, scope_, limit, body);
        if (outcome.end == TextEnd::dropped) body.clear();
        if (outcome.end == TextEnd::unusable && outcome.by == nullptr) return refuse_body();
        return accept(outcome);
    }

    const Scope& scope_;
    Refusal refusal_;
    bool has_query_ = false;
};

struct CallOf {
    StepIndex step;
    bool body_used;
};

Rendered render(const CallTemplate& from, CallOf of, const Scope& scope) {
    Rendered rendered;
    StepCall& call = std::get<StepCall>(rendered);
    call.step = of.step;
    call.upstream = scope.step->upstream;
    call.method = from.method;
    call.body_used = of.body_used;
    Refusal refusal = CallRenderer{scope}.render(from, call);
    if (auto* failure = std::get_if<Failure>(&refusal)) {
        rendered = std::move(*failure);
    } else if (std::holds_alternative<Unavailable>(refusal)) {
        rendered = Unavailable{};
    }
    return rendered;
}

}  // namespace

std::optional<std::string> render_header(const TextTemplate& text, const Scope& scope) {
    std::string value;
    const TextOutcome outcome = render_text(text, scope, InHeader{value});
    if (outcome.end != TextEnd::complete) return std::nullopt;
    return value;
}

Failure input_failure(
    FailureKind kind, const Expression& expression, const Reference* in_it, const Scope& scope
) {
    Failure failure{kind, "${" + expression.text + "}"};
    failure.blame(blame(expression, in_it, scope)).at_step(scope.step->name);
    return failure;
}

Rendered render_call(StepIndex index, const Scope& scope) {
    return render(*scope.step, {index, scope.step->body_used}, scope);
}

// Rows are matched by their keys, so the body is read whoever else reads it.
Rendered render_batch_call(StepIndex index, const Scope& scope) {
    return render(*scope.step->batch, {index, true}, scope);
}

}  // namespace weft
