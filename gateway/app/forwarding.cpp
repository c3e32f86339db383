#include "app/forwarding.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "http/fields.hpp"
#include "http/gathered_text.hpp"
#include "http/hop_by_hop.hpp"
#include "http/message_writer.hpp"

namespace weft {
namespace {

constexpr std::string_view user_agent = "weft/" WEFT_VERSION;
constexpr std::string_view time_left = "X-Request-Timeout-Ms";

// What every upstream may see of the client's own fields; X-Request-Id is checked and comes from
// Request.
constexpr std::array<std::string_view, 3> always_forwarded{
    "traceparent", "tracestate", "Accept-Language"};

// What a client says about itself on its way here is replaced, because nobody vouches for it,
// unless it is a proxy that is trusted.
constexpr std::array<std::string_view, 6> replaced{
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "X-Forwarded-Host",
    "X-Request-Id",
    time_left};

// Of the request's connection or framing, or answered by the gateway itself.
constexpr std::array<std::string_view, 3> not_proxied{"Host", "Content-Length", "Expect"};

bool names(std::span<const std::string_view> list, std::string_view name) {
    return std::ranges::any_of(list, [&](auto entry) { return equal_ignoring_case(entry, name); });
}

// What only a trusted proxy may say, beyond what is in `replaced`.
bool is_unvouched(std::string_view name, const Request& request) {
    constexpr std::string_view prefix = "X-Forwarded-";
    return !request.peer_is_trusted && equal_ignoring_case(name.substr(0, prefix.size()), prefix);
}

bool holds(const std::vector<OwnedField>& fields, std::string_view name) {
    return std::ranges::any_of(fields, [&](const auto& f) {
        return equal_ignoring_case(f.name(), name);
    });
}

std::uint64_t whole_milliseconds(Duration left) {
    const auto whole = std::chrono::duration_cast<std::chrono::milliseconds>(left).count();
    return static_cast<std::uint64_t>(std::max<std::int64_t>(whole, 0));
}

// Who the client is and what it asked for, as the service is told.
class Origin {
  public:
    explicit Origin(const Request& request) : request_{request} {
        if (!request.peer_is_trusted) return;
        chain_ = joined("X-Forwarded-For");
        forwarded_ = joined("Forwarded");
    }

    // Calls `add(name, value)` for each field; the views hold until it returns.
    template <class Add>
    void tell(Add add) {
        if (!chain_.empty()) chain_.append(", ").append(request_.peer_address);
        add("X-Forwarded-For", chain_.empty() ? request_.peer_address : std::string_view{chain_});
        add("X-Forwarded-Proto", vouched("X-Forwarded-Proto").value_or(request_.scheme));
        add("X-Forwarded-Host", vouched("X-Forwarded-Host").value_or(request_.head->authority));
        if (!forwarded_.empty()) add("Forwarded", std::string_view{forwarded_});
    }

  private:
    std::optional<std::string_view> vouched(std::string_view name) const {
        if (!request_.peer_is_trusted) return std::nullopt;
        return find_field(request_.head->fields, name);
    }
    // RFC 9110 section 5.3
    std::string joined(std::string_view name) const {
        std::string all;
        for (const auto& field : request_.head->fields) {
            if (!equal_ignoring_case(field.name, name) || field.value.empty()) continue;
            all.append(all.empty() ? "" : ", ").append(field.value);
        }
        return all;
    }

    const Request& request_;
    std::string chain_;
    std::string forwarded_;
};

// The fields of one call: first the step's own, which no other of the same name stands beside, then
// likewise the upstream's, then the client's where `forward` opens them, then ours.
class CallFields {
  public:
    CallFields(std::string& out, const Request& request, const OutgoingCall& outgoing)
        : writer_{out},
          request_{request},
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
    bool can_be_opened(std::string_view name) const {
        return !names(replaced, name) && !names(not_proxied, name) && !is_unvouched(name, request_);
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
    const Request& request_;
    const Fields& client_;
    ConnectionOptions options_;
    const OutgoingCall& outgoing_;
};

bool has_own_fields(const OutgoingCall& outgoing) {
    return !outgoing.call.headers.empty() || !outgoing.call.body.empty() ||
           !outgoing.step.forward.empty() || !outgoing.upstream.headers.empty() ||
           !outgoing.upstream.forward.empty() || outgoing.upstream.coalesce;
}

void append_call_fields(std::string& out, const Request& request, const OutgoingCall& outgoing) {
    CallFields fields{out, request, outgoing};
    if (!outgoing.call.body.empty()) fields.add("Content-Type", "application/json");
    fields.add("Accept", "application/json");
    fields.add("Accept-Encoding", "identity");
    fields.add("User-Agent", user_agent);
    fields.add("X-Request-Id", request.request_id);
    Origin{request}.tell([&](std::string_view name, std::string_view value) {
        // A call that clients share is made for none of them.
        const bool is_of_one = name == "X-Forwarded-For" || name == "Forwarded";
        if (!is_of_one || !outgoing.upstream.coalesce) fields.add(name, value);
    });
    for (const auto name : always_forwarded) fields.pass(name);
    fields.pass_opened();
}

// For what is known to be well-formed: our own texts, and what the readers have checked.
void append_line(GatheredText& out, std::string_view name, std::string_view value) {
    out.raw(name).raw(": ").raw(value).raw("\r\n");
}

void append_time_left(std::string& out, Duration left) {
    GatheredText{out}.raw(time_left).raw(": ").number(whole_milliseconds(left)).raw("\r\n");
}

// The same where neither the step nor its upstream has a say.
std::string plain_call_fields(const Request& request) {
    constexpr std::string_view always =
        "Accept: application/json\r\n"
        "Accept-Encoding: identity\r\n"
        "User-Agent: weft/" WEFT_VERSION "\r\n";
    std::string text;
    text.reserve(512);
    GatheredText lines{text};
    lines.raw(always);
    append_line(lines, "X-Request-Id", request.request_id);
    Origin{request}.tell([&](std::string_view name, std::string_view value) {
        append_line(lines, name, value);
    });
    const Fields& fields = request.head->fields;
    for (const Field& field : fields) {
        for (const auto name : always_forwarded) {
            const bool passes =
                equal_ignoring_case(field.name, name) && ConnectionOptions{fields}.passes(name);
            if (passes) append_line(lines, name, field.value);
        }
    }
    lines.hand_on();
    return text;
}

// What a client says of it is never passed on, so only a route file can have set it.
bool sets_time_left(const OutgoingCall& outgoing) {
    return holds(outgoing.call.headers, time_left) || holds(outgoing.upstream.headers, time_left);
}

}  // namespace

SharedText CallFieldLines::of(const OutgoingCall& outgoing) {
    if (!has_own_fields(outgoing)) return plain(outgoing.left);
    std::string text;
    text.reserve(512);
    append_call_fields(text, request_, outgoing);
    if (!sets_time_left(outgoing)) append_time_left(text, outgoing.left);
    return text;
}

const SharedText& CallFieldLines::plain(Duration left) {
    if (!plain_.empty() && left == left_) return plain_;
    if (without_left_.empty()) without_left_ = plain_call_fields(request_);
    std::string text;
    text.reserve(512);
    text += without_left_;
    append_time_left(text, left);
    left_ = left;
    return plain_ = std::move(text);
}

std::string proxied_field_lines(
    const Request& request, const UpstreamPlan& upstream, Duration left
) {
    std::string text;
    text.reserve(1024);
    HeadWriter{text}.fields(upstream.headers);
    GatheredText lines{text};
    const ConnectionOptions options{request.head->fields};
    for (const auto& field : request.head->fields) {
        const bool ours = names(replaced, field.name) || names(not_proxied, field.name) ||
                          is_unvouched(field.name, request) || holds(upstream.headers, field.name);
        if (!ours && options.passes(field.name)) append_line(lines, field.name, field.value);
    }
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!holds(upstream.headers, name)) append_line(lines, name, value);
    };
    // RFC 9110 section 7.6.3: behind what came with the client's own Via lines, which stand above.
    add("Via", request.head->minor_version == 0 ? "1.0 weft" : "1.1 weft");
    add("X-Request-Id", request.request_id);
    Origin{request}.tell(add);
    lines.hand_on();
    if (!holds(upstream.headers, time_left)) append_time_left(text, left);
    return text;
}

std::string proxied_answer_lines(const ResponseHead& head) {
    std::string text;
    GatheredText lines{text};
    const ConnectionOptions options{head.fields};
    for (const auto& field : head.fields) {
        if (options.passes(field.name) && !equal_ignoring_case(field.name, "Content-Length")) {
            append_line(lines, field.name, field.value);
        }
    }
    lines.hand_on();
    return text;
}

bool has_idempotency_key(const std::vector<OwnedField>& fields) {
    return holds(fields, "Idempotency-Key");
}

}  // namespace weft
