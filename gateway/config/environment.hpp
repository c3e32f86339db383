// `${env.X}` and `${env.X:-default}` in a scalar, after YAML is parsed. The variable's text is
// literal: nothing in it is ever read as an expression or a path parameter.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft {

// Environment look-up, injected so that tests need no process environment. Unset and empty are the
// same.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

Environment process_environment();

// Who reads the text afterwards.
enum class TextUse : std::uint8_t {
    literal,        // nobody
    template_text,  // plan/, for `${...}`: a `${` from the environment is written `$${`
    path,           // plan/, for `${...}` and `{...}`: braces from the environment are refused
};

struct EnvExpansion {
    struct Problem {
        std::size_t offset = 0;  // in the text as written
        std::string message;
    };
    std::string text;
    bool expanded = false;     // holds text from the environment or a default
    std::size_t verbatim = 0;  // bytes before the first expansion
    std::vector<Problem> problems;
};

EnvExpansion expand_environment(std::string_view text, TextUse use, const Environment& environment);

}  // namespace weft
