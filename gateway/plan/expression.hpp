// A compiled `${...}`: where its value is found once the run has it. Holds indices, never names to
// be looked up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "json/locate.hpp"

namespace weft {

using StepIndex = std::uint16_t;

enum class Root : std::uint8_t {
    step,            // the body of step `step`; of a for_each step, its results
    item,            // the item of the for_each this stands in
    index,           // its position, from 0
    request_path,    // parameter `name`, percent-decoded
    request_query,   // parameter `name`, percent-decoded; repeated: a list
    request_header,  // header `name`, repeats joined
    request_body,    // the client's JSON
    request_method,
    request_id,
};

// Which results of a for_each step are meant.
enum class ResultSelection : std::uint8_t { whole, one, every };

struct Reference {
    Root root = Root::step;
    StepIndex step = 0;  // for Root::step
    std::string name;    // for request_path, request_query, request_header
    // For a reference to a for_each step: `${products}`, `${products[2].name}`,
    // `${products[*].name}`.
    ResultSelection selection = ResultSelection::whole;
    std::uint32_t selected = 0;  // for ResultSelection::one
    // The value's path in its document, as an id in the path set of that document: Step::reads for
    // a step (for a for_each step: of one result), Step::item_reads for an item, Plan::body_reads
    // for the request's body.
    PathId path = 0;
    bool is_whole_document = true;  // the path is empty
    bool plural = false;            // names any number of values
    bool optional = false;          // written with `?`
    std::string text;               // as written, without `${` and `}`: for messages and explain

    bool from_request() const noexcept {
        return root != Root::step && root != Root::item && root != Root::index;
    }
};

// Text with references in it: `/users/${order.user_id}` is a literal and a reference.
using TextPiece = std::variant<std::string, Reference>;
using TextTemplate = std::vector<TextPiece>;

}  // namespace weft
