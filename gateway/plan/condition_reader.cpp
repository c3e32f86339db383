#include "plan/condition_reader.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "plan/expression_reader.hpp"

namespace weft {
namespace {

constexpr std::array<std::pair<std::string_view, Operator>, 7> comparisons{{
    {"==", Operator::equal},
    {"!=", Operator::not_equal},
    {"<", Operator::less},
    {"<=", Operator::less_or_equal},
    {">", Operator::greater},
    {">=", Operator::greater_or_equal},
    {"in", Operator::in},
}};

ConditionSyntax operation(Operator kind, std::size_t offset) {
    ConditionSyntax condition;
    condition.kind = kind;
    condition.offset = offset;
    return condition;
}

class ConditionReader {
  public:
    explicit ConditionReader(TokenStream& tokens) : tokens_{tokens} {}

    ConditionSyntax read() { return disjunction(); }

  private:
    using Operand = ConditionSyntax (ConditionReader::*)();

    ConditionSyntax disjunction() {
        return chain("||", Operator::disjunction, &ConditionReader::conjunction);
    }

    ConditionSyntax conjunction() {
        return chain("&&", Operator::conjunction, &ConditionReader::comparison);
    }

    ConditionSyntax chain(std::string_view text, Operator kind, Operand operand) {
        ConditionSyntax first = (this->*operand)();
        if (!tokens_.at_operation(text)) return first;
        ConditionSyntax whole = operation(kind, tokens_.token().offset);
        whole.operands.push_back(std::move(first));
        while (tokens_.at_operation(text) && !tokens_.failed()) {
            tokens_.advance();
            whole.operands.push_back((this->*operand)());
        }
        return whole;
    }

    ConditionSyntax comparison() {
        ConditionSyntax left = unary();
        const auto kind = comparison_here();
        if (!kind) return left;
        ConditionSyntax whole = operation(*kind, tokens_.token().offset);
        tokens_.advance();
        whole.operands.push_back(std::move(left));
        whole.operands.push_back(unary());
        if (comparison_here()) {
            tokens_.fail("a comparison is not compared again: join two with && or ||");
        }
        return whole;
    }

    std::optional<Operator> comparison_here() const {
        const auto found = std::ranges::find_if(comparisons, [this](const auto& known) {
            return tokens_.at_operation(known.first);
        });
        if (found == comparisons.end()) return std::nullopt;
        return found->second;
    }

    ConditionSyntax unary() {
        const TokenStream::Level level{tokens_};
        const std::size_t offset = tokens_.token().offset;
        if (tokens_.failed()) return {};
        if (tokens_.at_operation("!")) {
            ConditionSyntax negation = operation(Operator::negation, offset);
            tokens_.advance();
            negation.operands.push_back(unary());
            return negation;
        }
        if (tokens_.at(TokenKind::open_parenthesis)) {
            tokens_.advance();
            ConditionSyntax inside = disjunction();
            tokens_.expect(TokenKind::close_parenthesis, ")");
            return inside;
        }
        return single(offset);
    }

    ConditionSyntax single(std::size_t offset) {
        ConditionSyntax condition = operation(Operator::literal, offset);
        if (auto constant = read_constant(tokens_)) {
            condition.literal = *std::move(constant);
        } else if (tokens_.at(TokenKind::name)) {
            condition.kind = Operator::value;
            condition.operand = read_expression(tokens_);
        } else {
            tokens_.fail("a value is expected here, such as order.total, 12 or 'text'");
        }
        return condition;
    }

    TokenStream& tokens_;
};

}  // namespace

ConditionSyntax read_condition(TokenStream& tokens) { return ConditionReader{tokens}.read(); }

}  // namespace weft
