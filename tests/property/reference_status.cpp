#include "property/reference_status.hpp"

#include <algorithm>
#include <array>

#include "property/reference_text.hpp"

namespace weft::property {
namespace {

bool has(const std::vector<std::string>& words, const std::string& word) {
    return std::ranges::find(words, word) != words.end();
}

const int* mapped(const ModelStep& step, const std::string& word) {
    for (const auto& [from, to] : step.on_status) {
        if (from == word) return &to;
    }
    return nullptr;
}

bool is_of_request(const ModelExpression& expression) {
    return expression.kind == ModelExpression::Kind::reference && expression.from >= From::path &&
           expression.from <= From::id;
}

bool is_of_step(const ModelExpression& expression) {
    using Kind = ModelExpression::Kind;
    return expression.kind == Kind::look_up ||
           (expression.kind == Kind::reference && expression.from == From::step);
}

bool is_fed_only_by_request(const ModelStep& step) {
    bool by_step = false;
    bool by_request = false;
    visit_outermost(step, [&](const ModelExpression& outermost) {
        visit(outermost, [&](const ModelExpression& expression) {
            by_step = by_step || is_of_step(expression);
            by_request = by_request || is_of_request(expression);
        });
    });
    return by_request && !by_step;
}

}  // namespace

Fate fate_of(const ModelStep& step, int status) {
    const std::string code = std::to_string(status);
    for (const std::string& word : {code, code.substr(0, 1) + "xx"}) {
        if (has(step.success, word)) return Fate::success;
        if (has(step.null_on, word)) return Fate::null;
        if (mapped(step, word) != nullptr) return Fate::failure;
    }
    return step.success.empty() && code.front() == '2' ? Fate::success : Fate::failure;
}

int client_status(const ModelStep& step, int status) {
    const std::string code = std::to_string(status);
    for (const std::string& word : {code, code.substr(0, 1) + "xx"}) {
        if (const int* to = mapped(step, word)) return *to;
    }
    if (!is_fed_only_by_request(step)) return 502;
    constexpr std::array passed{400, 404, 409, 410, 412, 413, 415, 422, 451};
    if (std::ranges::find(passed, status) != passed.end()) return status;
    if (status != 401 && status != 403 && status != 429) return 502;
    if (step.forwards_credentials || step.upstream == "open") return status;
    return status == 429 ? 503 : 502;
}

}  // namespace weft::property
