// A route whose step has one value in each position of a call: what is rendered must have the
// template's segments, parameters, headers and members and nothing else, and whoever decodes it
// must find the value again.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "compose/run.hpp"

namespace weft::property {

class ValueEverywhere {
  public:
    ValueEverywhere();

    // What is wrong with the calls for that value; empty if nothing is.
    std::string fault_for(const std::string& value);
    // How many values could be sent so far.
    std::size_t accepted() const { return accepted_; }

  private:
    std::string fault_of_places(const std::string& value);
    std::string fault_of_body(const std::string& value);

    std::shared_ptr<const Snapshot> snapshot_;
    const ComposePlan& plan_;
    RequestHead head_;
    Run run_;
    std::size_t accepted_ = 0;
};

}  // namespace weft::property
