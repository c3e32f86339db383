// The same step in every form it can have: what a table of ROUTES.md says holds for all of them.
#pragma once

#include <string>
#include <vector>

#include "unit/compose/bench.hpp"

namespace weft::test {

enum class Fed : std::uint8_t { by_request, by_step, by_nothing };
enum class Form : std::uint8_t { plain, for_each, batch };
enum class Need : std::uint8_t { required, optional };

struct Setting {
    Fed fed = Fed::by_request;
    Form form = Form::plain;
    Need need = Need::required;
    std::string keys = {};    // of the step, besides
    std::string feeder = {};  // more keys of the step `feeder`
    std::string query = {};   // of each of its calls, besides
};

// Every combination; a list comes from somewhere.
std::vector<Setting> all_settings(const std::string& keys = "");

// The step `s`, which asks one service for 7, as a list for 7, and as a batch for 7 and 8; and the
// step `feeder`, which asks another for /f.
class Table {
  public:
    // Started, with the feeder's answer if it `feeds`.
    enum class Feeder : std::uint8_t { feeds, waits };
    explicit Table(const Setting& setting, Feeder feeder = Feeder::feeds);

    Bench& bench() { return bench_; }

    void feed();
    // The call of `s`.
    std::string target() const;
    void answer(int status, const std::string& body);
    void succeed();
    void end(Result<StepResult> result);

    // The step failed: what the client gets of it.
    void expect_failure(int status, const std::string& code, int upstream_status = 0);
    void expect_success();
    // The answer is one, with that for `s`, and for each of its results, if it has some.
    void expect_value(const std::string& of_one);

    // As a trace says it.
    std::string name() const;

  private:
    std::size_t results() const { return setting_.form == Form::batch ? 2 : 1; }
    std::string entries(int status, const std::string& code, int upstream_status) const;

    Setting setting_;
    Bench bench_;
};

}  // namespace weft::test
