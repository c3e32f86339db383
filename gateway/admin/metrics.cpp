#include "admin/metrics.hpp"

#include <array>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace weft {
namespace {

constexpr std::array<std::string_view, 6> classes{"none", "1xx", "2xx", "3xx", "4xx", "5xx"};
// In the order of CallEnd and of Refusal.
constexpr std::array<std::string_view, 4> call_ends{"succeeded", "refused", "cancelled", "unknown"};
constexpr std::array<std::string_view, refusal_reasons> refusals{
    "in_flight", "latency", "connections_per_address"};

struct Metric {
    std::string_view name;
    std::string_view type;
    std::string_view help;
};

class Writer {
  public:
    void begin(const Metric& metric) {
        name_ = metric.name;
        out_.append("# HELP ").append(name_).append(" ").append(metric.help).append("\n# TYPE ");
        out_.append(name_).append(" ").append(metric.type).append("\n");
    }
    void sample(std::string_view labels, std::uint64_t value) {
        out_.append(name_).append(labels).append(" ").append(std::to_string(value)).append("\n");
    }
    void one(const Metric& metric, std::uint64_t value) {
        begin(metric);
        sample({}, value);
    }
    template <std::size_t count>
    void each(
        const Metric& metric,
        std::string_view label,
        const std::array<std::string_view, count>& words,
        const std::array<std::uint64_t, count>& values
    ) {
        begin(metric);
        for (std::size_t i = 0; i < count; ++i) {
            const std::string labels =
                std::string{"{"}.append(label).append("=\"").append(words[i]).append("\"}");
            sample(labels, values[i]);
        }
    }
    std::string take() { return std::move(out_); }

  private:
    std::string out_;
    std::string_view name_;
};

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == '"') out += '\\';
        if (c == '\n') {
            out += "\\n";
        } else {
            out += c;
        }
    }
    return out;
}

void write_routes(Writer& writer, const std::map<std::string, RouteCounters::Classes>& routes) {
    writer.begin(
        {"weft_requests_total",
         "counter",
         "Requests by route (empty: none matched) and class of status (none: no answer was sent)."}
    );
    for (const auto& [name, counts] : routes) {
        for (std::size_t i = 0; i < counts.size(); ++i) {
            if (counts[i] == 0) continue;
            std::string labels = "{route=\"" + escaped(name) + "\",status=\"";
            writer.sample(labels.append(classes[i]).append("\"}"), counts[i]);
        }
    }
}

// Labels behind that of the upstream.
using UpstreamSample = std::pair<std::string_view, std::uint64_t UpstreamLevels::*>;

void write_upstreams(
    Writer& writer,
    const Metric& metric,
    const std::map<std::string, UpstreamLevels>& upstreams,
    std::initializer_list<UpstreamSample> samples
) {
    writer.begin(metric);
    for (const auto& [name, levels] : upstreams) {
        for (const auto& [more, level] : samples) {
            std::string labels = "{upstream=\"" + escaped(name) + "\"";
            writer.sample(labels.append(more).append("}"), levels.*level);
        }
    }
}

void write_upstreams(Writer& writer, const std::map<std::string, UpstreamLevels>& upstreams) {
    write_upstreams(
        writer,
        {"weft_calls_in_flight", "gauge", "Calls that have not ended, those that wait included."},
        upstreams,
        {{"", &UpstreamLevels::calls_in_flight}}
    );
    write_upstreams(
        writer,
        {"weft_calls_waiting", "gauge", "Calls that have not begun, by what they wait for."},
        upstreams,
        {{",for=\"connection\"", &UpstreamLevels::waiting_for_connection},
         {",for=\"max_concurrency\"", &UpstreamLevels::waiting_for_slot}}
    );
    write_upstreams(
        writer,
        {"weft_upstream_connections", "gauge", "Connections to services, by what they do."},
        upstreams,
        {{",state=\"in_use\"", &UpstreamLevels::connections_in_use},
         {",state=\"idle\"", &UpstreamLevels::connections_idle}}
    );
}

void write_requests(Writer& writer, const CounterValues& counters) {
    writer.one(
        {"weft_requests_in_work", "gauge", "Requests whose answer is not out yet."},
        counters.requests_in_work
    );
    writer.each(
        {"weft_refused_total", "counter", "Clients turned away, by the limit that was reached."},
        "reason",
        refusals,
        counters.refused
    );
    writer.one(
        {"weft_partial_answers_total", "counter", "Answers without a part that failed."},
        counters.partial_answers
    );
    writer.each(
        {"weft_calls_total", "counter", "Calls to services, by how they ended."},
        "end",
        call_ends,
        counters.calls
    );
}

void write_connections(Writer& writer, const CounterValues& counters) {
    writer.one(
        {"weft_connections_open", "gauge", "Connections of clients."}, counters.connections_open
    );
    writer.one(
        {"weft_connections_accepted_total", "counter", "Connections of clients so far."},
        counters.connections_accepted
    );
    writer.one(
        {"weft_accept_pauses_total", "counter", "Pauses for want of file descriptors."},
        counters.accept_pauses
    );
    writer.one(
        {"weft_sent_bytes_total", "counter", "Bytes of answers, heads included."},
        counters.bytes_sent
    );
}

void write_operation(Writer& writer, const Figures& figures) {
    const Health& health = figures.health;
    writer.one(
        {"weft_bugs_total", "counter", "Requests that a bug answered with 500."},
        figures.counters.handler_bugs
    );
    writer.one(
        {"weft_log_lines_dropped_total",
         "counter",
         "Lines of the access log that could not be written."},
        figures.log_lines_dropped
    );
    writer.each<2>(
        {"weft_reloads_total", "counter", "Reloads, by how they ended."},
        "end",
        {"succeeded", "failed"},
        {health.reloads_succeeded, health.reloads_failed}
    );
    writer.one(
        {"weft_ready", "gauge", "1, or 0 while draining."},
        health.readiness == Readiness::ready ? 1 : 0
    );
}

}  // namespace

std::string metrics_text(const Figures& figures) {
    Writer writer;
    write_routes(writer, figures.routes);
    write_requests(writer, figures.counters);
    write_upstreams(writer, figures.upstreams);
    write_connections(writer, figures.counters);
    write_operation(writer, figures);
    return writer.take();
}

}  // namespace weft
