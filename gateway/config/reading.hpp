// What every reader needs: the environment, where mistakes go, and a value with the words that
// messages name it by.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/diagnostics.hpp"
#include "config/environment.hpp"
#include "config/yaml_tree.hpp"

namespace weft {

// The value of `key` in `owner`, such as `upstream "orders"`.
struct WrittenValue {
    const YamlNode& node;
    const Written<std::string>& key;
    std::string_view owner;
};

// A scalar with the environment in it.
struct WrittenScalar {
    std::string text;
    Position at;
    bool plain = false;  // written without quotes
    bool from_environment = false;
};

class Reading {
  public:
    Reading(const Environment& environment, Diagnostics& diagnostics)
        : environment_(environment), diagnostics_(diagnostics) {}

    void error(Position at, std::string message) { diagnostics_.error(at, std::move(message)); }
    // `"timeout" in step "user" must be a duration`: `problem` is what follows the owner.
    void wrong(const WrittenValue& value, std::string_view problem);

    // `expected` is the noun for the message if the node is no scalar: `a duration such as 200ms`.
    // Nothing if wrong.
    std::optional<WrittenScalar> scalar(
        const WrittenValue& value, std::string_view expected, TextUse use = TextUse::literal
    );
    std::optional<WrittenScalar> scalar(const YamlNode& node, TextUse use);
    // Says that the node is not what was expected, unless it is refused already.
    void unexpected(const WrittenValue& value, std::string_view expected);

  private:
    const Environment& environment_;
    Diagnostics& diagnostics_;
    std::size_t expanded_ = 0;  // bytes
};

}  // namespace weft
