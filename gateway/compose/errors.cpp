#include "compose/errors.hpp"

#include "json/text.hpp"
#include "plan/client_status.hpp"

namespace weft {

void Errors::add(std::string_view pointer, const Part& part, const Run& run) {
    if (over_limit()) return;
    const Failure& failure = *part.failure;
    const ClientStatus status =
        client_status(failure, run.step(part.step), run.upstream_of(part.step));
    entries_ += entries_.empty() ? R"({"path":)" : R"(,{"path":)";
    append_json_string(entries_, pointer);
    entries_ += R"(,"code":")";
    entries_ += traits(failure.kind()).code;
    entries_ += R"(","status":)";
    entries_ += std::to_string(status.status);
    if (failure.upstream_status() != 0) {
        entries_ += R"(,"upstream_status":)";
        entries_ += std::to_string(failure.upstream_status());
    }
    entries_ += '}';
    over_limit_ = entries_.size() > limit_;
}

}  // namespace weft
