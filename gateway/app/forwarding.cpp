#include "app/forwarding.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "http/fields.hpp"
#include "http/hop_by_hop.hpp"
#include "http/message_writer.hpp"

namespace weft {
namespace {

constexpr std::string_view user_agent = "weft/" WEFT_VERSION;

// What every upstream may see of the client's own fields; X-Request-Id is checked and comes from
// Request.
constexpr std::array<std::string_view, 3> always_forwarded{
    "traceparent", "tracestate", "Accept-Language"};

// What a client says about itself on its way here is replaced, because nobody vouches for it.
constexpr std::array<std::string_view, 6> replaced{
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "X-Forwarded-Host",
    "X-Request-Id",
    "X-Request-Timeout-Ms"};

// Of the request's connection or framing, or answered by the gateway itself.
constexpr std::array<std::string_view, 3> not_proxied{"Host", "Content-Length", "Expect"};

bool names(std::span<const std::string_view> list, std::string_view name) {
    return std::ranges::any_of(list, [&](auto entry) { return equal_ignoring_case(entry, name); });
}

bool holds(const std::vector<OwnedField>& fields, std::string_view name) {
    return std::ranges::any_of(fields, [&](const auto& f) {
        return equal_ignoring_case(f.name(), name);
    });
}

std::string milliseconds_text(Duration left) {
    const auto whole = std::chrono::duration_cast<std::chrono::milliseconds>(left).count();
    return std::to_string(std::max<std::int64_t>(whole, 0));
}

// The fields of one call: first the step's own, which no other of the same name stands beside, then
// likewise the upstream's, then the client's where `forward` opens them, then ours.
class CallFields {
  public:
    CallFields(std::string& out, const Request& request, const OutgoingCall& outgoing)
        : writer_{out},
          client_{request.head->fields},
          options_{request.head->fields},
          outgoing_{outgoing} {
        writer_.fields(outgoing.call.headers);
        for (const auto& field : outgoing.upstream.headers) {
            if (!holds(outgoing.call.headers, field.name()))
                writer_.field(field.name(), field.value());
        }
    }
    void add(std::string_view name, std::string_view value) {
        const bool is_the_clients = opens(name) && comes(name);
        if (!is_the_clients && !is_set(name)) writer_.field(name, value);
    }
    void pass(std::string_view name) {
        if (!options_.passes(name) || is_set(name)) return;
        for (const auto& field : client_) {
            if (equal_ignoring_case(field.name, name)) writer_.field(name, field.value);
        }
    }
    void pass_opened() {
        const auto& first = outgoing_.upstream.forward;
        const auto open = [this](std::string_view name) {
            if (can_be_opened(name) && !names(always_forwarded, name)) pass(name);
        };
        for (const auto& name : first) open(name);
        for (const auto& name : outgoing_.step.forward) {
            if (std::ranges::find(first, name) == first.end()) open(name);
        }
    }

  private:
    bool is_set(std::string_view name) const {
        return holds(outgoing_.call.headers, name) || holds(outgoing_.upstream.headers, name);
    }
    static bool can_be_opened(std::string_view name) {
        return !names(replaced, name) && !names(not_proxied, name);
    }
    bool opens(std::string_view name) const {
        const auto is_it = [name](const auto& other) { return equal_ignoring_case(other, name); };
        return can_be_opened(name) && (std::ranges::any_of(outgoing_.upstream.forward, is_it) ||
                                       std::ranges::any_of(outgoing_.step.forward, is_it));
    }
    bool comes(std::string_view name) const {
        return options_.passes(name) && find_field(client_, name).has_value();
    }

    HeadWriter writer_;
    const Fields& client_;
    ConnectionOptions options_;
    const OutgoingCall& outgoing_;
};

}  // namespace

std::string call_field_lines(const Request& request, const OutgoingCall& outgoing) {
    std::string lines;
    lines.reserve(512);
    CallFields fields{lines, request, outgoing};
    if (!outgoing.call.body.empty()) fields.add("Content-Type", "application/json");
    fields.add("Accept", "application/json");
    fields.add("Accept-Encoding", "identity");
    fields.add("User-Agent", user_agent);
    fields.add("X-Request-Id", request.request_id);
    fields.add("X-Forwarded-For", request.peer_address);
    fields.add("X-Forwarded-Proto", request.scheme);
    fields.add("X-Forwarded-Host", request.head->authority);
    fields.add("X-Request-Timeout-Ms", milliseconds_text(outgoing.left));
    for (const auto name : always_forwarded) fields.pass(name);
    fields.pass_opened();
    return lines;
}

std::string proxied_field_lines(
    const Request& request, const UpstreamPlan& upstream, Duration left
) {
    std::string lines;
    lines.reserve(1024);
    HeadWriter writer{lines};
    writer.fields(upstream.headers);
    const ConnectionOptions options{request.head->fields};
    for (const auto& field : request.head->fields) {
        const bool ours = names(replaced, field.name) || names(not_proxied, field.name) ||
                          holds(upstream.headers, field.name);
        if (!ours && options.passes(field.name)) writer.field(field.name, field.value);
    }
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!holds(upstream.headers, name)) writer.field(name, value);
    };
    add("X-Request-Id", request.request_id);
    add("X-Forwarded-For", request.peer_address);
    add("X-Forwarded-Proto", request.scheme);
    add("X-Forwarded-Host", request.head->authority);
    add("X-Request-Timeout-Ms", milliseconds_text(left));
    return lines;
}

std::vector<OwnedField> proxied_answer_fields(const ResponseHead& head) {
    std::vector<OwnedField> fields;
    fields.reserve(head.fields.size());
    const ConnectionOptions options{head.fields};
    for (const auto& field : head.fields) {
        if (options.passes(field.name) && !equal_ignoring_case(field.name, "Content-Length")) {
            fields.emplace_back(field.name, field.value);
        }
    }
    return fields;
}

bool has_idempotency_key(const std::vector<OwnedField>& fields) {
    return holds(fields, "Idempotency-Key");
}

}  // namespace weft
