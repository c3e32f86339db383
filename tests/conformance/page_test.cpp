// docs/http.md says what the tests hold. WEFT_UPDATE_WORDS=1 in the environment writes its tables.
#include "conformance/page.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "conformance/answers.hpp"
#include "conformance/cases.hpp"
#include "places.hpp"

namespace weft::conformance {
namespace {

const std::string page_path = source_tree() + "/docs/http.md";

std::string read_page() {
    std::ostringstream text;
    text << std::ifstream{page_path, std::ios::binary}.rdbuf();
    return std::move(text).str();
}

TEST(Page, SaysWhatTheTestsHold) {
    std::string page = read_page();
    for (const Topic& topic : load_topics()) {
        page = with_table(std::move(page), topic.name, rules_table(topic));
    }
    page = with_table(std::move(page), "Answers from services", rules_table(load_answer_rules()));
    if (std::getenv("WEFT_UPDATE_WORDS") != nullptr) {
        std::ofstream{page_path, std::ios::binary} << page;
    }
    EXPECT_EQ(read_page(), page) << "docs/http.md is stale: run the test with WEFT_UPDATE_WORDS=1";
}

TEST(Page, HasRulesThatSayAllThereIsToSay) {
    for (const Topic& topic : load_topics()) {
        for (const Rule& rule : topic.rules) {
            EXPECT_FALSE(rule.sent.empty());
            EXPECT_FALSE(rule.clause.empty()) << rule.sent;
            EXPECT_FALSE(rule.cases.front().answers.empty()) << rule.sent;
        }
    }
}

TEST(Cases, HaveEachANameAndBytesOfTheirOwn) {
    std::set<std::string> ids;
    std::set<std::string> bytes;
    for (const Case& one : load_cases()) {
        EXPECT_TRUE(ids.insert(one.id).second) << one.id;
        // The same bytes may stand in both files, and show two rules broken at once.
        bytes.insert(one.bytes);
    }
    EXPECT_GE(bytes.size(), 900U);
}

}  // namespace
}  // namespace weft::conformance
