// A text with `${...}` in it as it is written: names, not indices. What the names mean is found out
// in resolving.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "json/value.hpp"
#include "plan/expression.hpp"

namespace weft {

enum class SelectorKind : std::uint8_t { name, index, every };

// `.name`, `['name']`, `[2]` or `[*]`.
struct Selector {
    SelectorKind kind = SelectorKind::name;
    std::string name;         // decoded
    std::uint32_t index = 0;  // from 0
    bool in_brackets = false;
    std::size_t offset =
        0;  // of its first character after `.` or `[`, in bytes from the start of the scalar
};

struct PathSyntax {
    std::string root;
    std::vector<Selector> selectors;
    bool optional = false;   // ends with `?`
    std::size_t offset = 0;  // of the root
    std::string text;        // as written, without `${` and `}`
};

// 'text', 12, true, false or null.
struct ConstantSyntax {
    JsonType type = JsonType::null;
    std::string json;  // JSON text
    std::string text;  // of a text: decoded
};

struct ExpressionSyntax;

struct CallSyntax {
    Function function = Function::count;
    std::vector<ExpressionSyntax> arguments;
};

// `stock[line.sku].count`: the selectors of `path` are those behind the look-up.
struct LookUpSyntax {
    PathSyntax path;
    std::vector<ExpressionSyntax> key;  // one
};

struct ExpressionSyntax {
    std::variant<PathSyntax, CallSyntax, LookUpSyntax, ConstantSyntax> form;
    std::size_t offset = 0;  // of its first character
    std::string text;        // as written

    ExpressionSyntax() = default;
    ExpressionSyntax(PathSyntax path) : offset{path.offset}, text{path.text} {
        form = std::move(path);
    }
};

// What stands in `when`.
struct ConditionSyntax {
    Operator kind = Operator::literal;
    std::optional<ExpressionSyntax> operand;  // of Operator::value
    ConstantSyntax literal;                   // of Operator::literal
    std::vector<ConditionSyntax> operands;    // of the others
    std::size_t offset = 0;                   // of the operator, or of the operand
};

// Characters that stand for themselves, in one piece as they stand in the scalar.
struct LiteralSyntax {
    std::string text;
    std::size_t offset = 0;
    bool escaped = false;  // was written `$${`: `text` is `${`
};

using PieceSyntax = std::variant<LiteralSyntax, ExpressionSyntax>;
using TextSyntax = std::vector<PieceSyntax>;

}  // namespace weft
