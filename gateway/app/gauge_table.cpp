#include "app/gauge_table.hpp"

namespace weft {

GaugeTable::GaugeTable(
    const std::vector<UpstreamSettings>& upstreams, std::size_t workers, const GaugeTable* before
) {
    for (const UpstreamSettings& upstream : upstreams) {
        auto& of_workers = gauges_[upstream.name];
        if (before != nullptr) {
            const auto kept = before->gauges_.find(upstream.name);
            if (kept != before->gauges_.end()) of_workers = kept->second;
        }
        while (of_workers.size() < workers)
            of_workers.push_back(std::make_shared<UpstreamGauges>());
    }
}

std::map<std::string, UpstreamLevels> GaugeTable::read() const {
    std::map<std::string, UpstreamLevels> sums;
    for (const auto& [name, of_workers] : gauges_) {
        UpstreamLevels& sum = sums[name];
        for (const auto& gauges : of_workers) sum += gauges->read();
    }
    return sums;
}

}  // namespace weft
