// Writes `response.body`: its literals, and the services' bytes unchanged between them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "compose/errors.hpp"
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

    void write_root(const BodyNode& root);
    Written write_node(const BodyNode& node);
    Written write_reference(const Reference& reference);
    Written write_text(const TextTemplate& text);
    Written write_object(const BodyNode& node);
    Written write_array(const BodyNode& node);
    std::size_t write_members(const BodyNode& node);  // how many
    void write_all_results(StepRun& step);
    void write_texts(const std::vector<std::string>& texts);
    void write_string(std::string_view text);
    void write_errors(std::size_t members_before);

    void note_loss(const Reference& reference);
    void note_losses(const TextTemplate& text);
    void note_failure(Part& part);
    void note_losses_without_place();

    bool stopped() const noexcept {
        return failure_.has_value() || pieces_.over_limit() || errors_.over_limit();
    }

    Run& run_;
    Pieces pieces_;
    Errors errors_;
    std::string pointer_;  // where the writer stands (RFC 6901)
    std::optional<Failure> failure_;
};

}  // namespace weft
