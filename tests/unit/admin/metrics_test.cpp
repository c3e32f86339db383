#include "admin/metrics.hpp"

#include <gmock/gmock.h>

#include <sstream>

namespace weft {
namespace {

using testing::HasSubstr;

TEST(Metrics, SayWhatWasCounted) {
    Figures figures;
    figures.routes = {{"", {0, 0, 0, 0, 3, 0}}, {"order", {0, 0, 7, 0, 0, 1}}};
    figures.counters.refused = {4, 5, 6};
    figures.counters.requests_in_work = 2;
    figures.upstreams = {{"orders", {7, 2, 1, 4, 3}}};
    figures.log_lines_dropped = 9;
    figures.health.readiness = Readiness::draining;
    const std::string text = metrics_text(figures);
    for (const auto* line :
         {"weft_requests_total{route=\"\",status=\"4xx\"} 3\n",
          "weft_requests_total{route=\"order\",status=\"2xx\"} 7\n",
          "weft_requests_total{route=\"order\",status=\"5xx\"} 1\n",
          "weft_refused_total{reason=\"in_flight\"} 4\n",
          "weft_refused_total{reason=\"latency\"} 5\n",
          "weft_refused_total{reason=\"connections_per_address\"} 6\n",
          "weft_requests_in_work 2\n",
          "weft_calls_in_flight{upstream=\"orders\"} 7\n",
          "weft_calls_waiting{upstream=\"orders\",for=\"connection\"} 2\n",
          "weft_calls_waiting{upstream=\"orders\",for=\"max_concurrency\"} 1\n",
          "weft_upstream_connections{upstream=\"orders\",state=\"in_use\"} 4\n",
          "weft_upstream_connections{upstream=\"orders\",state=\"idle\"} 3\n",
          "weft_log_lines_dropped_total 9\n",
          "weft_ready 0\n"}) {
        EXPECT_THAT(text, HasSubstr(line));
    }
}

// Names of routes are the operator's, so they may hold anything.
TEST(Metrics, EscapeLabels) {
    Figures figures;
    figures.routes = {{"a\"b\\c\nd", {0, 0, 1, 0, 0, 0}}};
    EXPECT_THAT(metrics_text(figures), HasSubstr(R"({route="a\"b\\c\nd",status="2xx"} 1)"));
}

TEST(Metrics, DescribeEachFamilyOnceBeforeItsSamples) {
    std::istringstream lines{metrics_text({})};
    std::string family;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# HELP ")) {
            family = line.substr(7, line.find(' ', 7) - 7);
        } else if (!line.starts_with("# TYPE ")) {
            EXPECT_EQ(line.substr(0, line.find_first_of("{ ")), family);
        }
    }
}

}  // namespace
}  // namespace weft
