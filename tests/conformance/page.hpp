// docs/http.md from the tables that the tests use.
#pragma once

#include <string>
#include <vector>

#include "conformance/answers.hpp"
#include "conformance/cases.hpp"

namespace weft::conformance {

// A table in Markdown: a row for each rule of the topic.
std::string rules_table(const Topic& topic);
// ... and for each rule about what services do.
std::string rules_table(const std::vector<AnswerRule>& rules);

// `page` with all that stands between `<!-- table: NAME -->` and `<!-- end -->` replaced by
// `table`. Throws if there is no such place.
std::string with_table(std::string page, const std::string& name, const std::string& table);

}  // namespace weft::conformance
