// Writes `response.body`: its literals, and the services' bytes unchanged between them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "compose/errors.hpp"
#include "compose/items.hpp"
#include "compose/pieces.hpp"
#include "compose/value.hpp"

namespace weft {

class BodyWriter {
  public:
    // All steps of the run are finished. The pieces live as long as the run and its plan.
    explicit BodyWriter(Run& run);

    // The whole body, with the list of errors if there are any.
    Result<std::vector<std::string_view>> write();

  private:
    enum class Written : std::uint8_t { yes, dropped };
    class ArrayWriter;

    void write_root(const BodyNode& root);
    Written write_node(const BodyNode& node);
    Written write_expression(const Expression& expression);
    Written write_value(const Expression& expression, const Value& value);
    Written write_list(const Expression& list);
    Written write_each(const BodyNode& node);
    Written write_no_list(const Each& each, const ListEnd& end);
    Written write_value_of(const BodyNode& each, Item element);
    void write_element(const Value& element);
    Written write_text(const TextTemplate& text);
    Written write_object(const BodyNode& node);
    Written write_array(const BodyNode& node);
    std::size_t write_members(const BodyNode& node);  // how many
    void write_all_results(const StepRun& step);
    void write_json(const Value& value);
    void write_string(std::string_view text);
    void write_errors(std::size_t members_before);

    void note_losses(const Expression& expression);
    void note_losses(const TextTemplate& text);
    void note_failure(const Part& part);
    using Parts = std::vector<const Part*>;
    // Those that are not in `noted` at the same place already.
    void note_failures(Parts parts, const Parts& noted);
    struct Losses {
        std::size_t entries;
        std::size_t noted;
    };
    Losses losses() const noexcept { return {errors_.mark(), noted_.size()}; }
    Parts take_back(const Losses& before);
    void note_losses_without_place();
    void fail(const Expression& expression, FailureKind why);

    bool stopped() const noexcept {
        return failure_ || pieces_.over_limit() || errors_.over_limit() || effort_.is_spent();
    }

    Run& run_;
    Scope scope_{run_};
    // An answer without losses is not searched for them.
    const bool is_complete_;
    Pieces pieces_;
    Errors errors_;
    std::string pointer_;                     // where the writer stands (RFC 6901)
    Parts noted_;                             // beside the entries of errors_
    std::unordered_set<const Part*> placed_;  // whose failures stand at a place of the answer
    std::vector<Item> elements_;              // of each `$each` around, the outermost first
    // Beside elements_, which point to them.
    std::vector<std::unique_ptr<Located>> located_;
    Effort effort_;
    std::optional<Failure> failure_;
};

}  // namespace weft
