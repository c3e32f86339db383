// The part of the resolver that knows functions and look-ups, and which value may stand where.
#include <algorithm>
#include <utility>

#include "plan/resolver.hpp"

namespace weft {
namespace {

std::string_view name_of(Function function) {
    switch (function) {
        case Function::join:
            return "join";
        case Function::count:
            return "count";
        case Function::concat:
            return "concat";
        case Function::compact:
            return "compact";
    }
    return "";
}

std::string_view usage_of(Function function) {
    switch (function) {
        case Function::join:
            return "join takes a list and a separator: join(order.ids, ',')";
        case Function::count:
            return "count takes one list: count(order.lines)";
        case Function::concat:
            return "concat takes two lists: concat(order.ids, user.ids)";
        case Function::compact:
            return "compact takes one list: compact(products)";
    }
    return "";
}

ValueType type_of_root(Root root) {
    switch (root) {
        case Root::request_path:
        case Root::request_header:
        case Root::request_method:
        case Root::request_id:
        case Root::step_header:
            return ValueType::text;
        case Root::index:
        case Root::step_status:
            return ValueType::number;
        case Root::step_ok:
            return ValueType::boolean;
        case Root::items:
            return ValueType::list;
        case Root::step:
        case Root::item:
        case Root::element:
        case Root::request_query:
        case Root::request_body:
            break;
    }
    return ValueType::any;
}

bool is_list(ValueType type) { return type == ValueType::list || type == ValueType::many; }

bool is_scalar(ValueType type) { return !is_list(type) && type != ValueType::any; }

}  // namespace

std::string_view name_of(ValueType type) noexcept {
    switch (type) {
        case ValueType::any:
            return "a value";
        case ValueType::text:
            return "text";
        case ValueType::number:
            return "a number";
        case ValueType::boolean:
            return "true or false";
        case ValueType::list:
        case ValueType::many:
            return "a list";
    }
    return "";
}

std::optional<Expression> Resolver::resolve(const ExpressionSyntax& written, const Use& use) {
    std::optional<Expression> expression;
    if (const auto* path = std::get_if<PathSyntax>(&written.form)) {
        expression = of_path(*path, use);
    } else if (const auto* call = std::get_if<CallSyntax>(&written.form)) {
        expression = of_call(written, *call, use);
    } else if (const auto* look_up = std::get_if<LookUpSyntax>(&written.form)) {
        expression = of_look_up(*look_up, use);
    }
    if (!expression || !check_place(*expression, written.offset, use)) return std::nullopt;
    return expression;
}

std::optional<Expression> Resolver::of_call(
    const ExpressionSyntax& written, const CallSyntax& call, const Use& use
) {
    if (!check_arguments(written, call, use)) return std::nullopt;
    FunctionCall resolved;
    resolved.function = call.function;
    std::size_t lists = call.arguments.size();
    if (call.function == Function::join) {
        resolved.separator = std::get<ConstantSyntax>(call.arguments.back().form).text;
        --lists;
    }
    for (std::size_t i = 0; i < lists; ++i) {
        auto list = argument(call.function, call.arguments[i], use);
        if (list) resolved.arguments.push_back(*std::move(list));
    }
    if (resolved.arguments.size() != lists) return std::nullopt;
    Expression expression;
    expression.form = std::move(resolved);
    expression.text = written.text;
    return expression;
}

bool Resolver::check_arguments(
    const ExpressionSyntax& written, const CallSyntax& call, const Use& use
) {
    const bool takes_two = call.function == Function::join || call.function == Function::concat;
    if (call.arguments.size() != (takes_two ? 2 : 1)) {
        fail(use, written.offset, std::string{usage_of(call.function)});
        return false;
    }
    if (call.function != Function::join) return true;
    const ExpressionSyntax& last = call.arguments.back();
    const auto* separator = std::get_if<ConstantSyntax>(&last.form);
    if (separator == nullptr || separator->type != JsonType::string) {
        fail(use, last.offset, "the separator of join is a literal text, such as ','");
        return false;
    }
    if (separator->text.empty()) {
        fail(use, last.offset, "the separator of join cannot be empty");
        return false;
    }
    return true;
}

std::optional<Expression> Resolver::argument(
    Function function, const ExpressionSyntax& written, const Use& use
) {
    const std::string reader{name_of(function)};
    if (std::holds_alternative<ConstantSyntax>(written.form)) {
        return fail(
            use, written.offset, reader + " needs a list, and " + written.text + " is a literal"
        );
    }
    Use inner = use;
    inner.place = Place::argument;
    auto list = resolve(written, inner);
    if (!list || !check_list(*list, written.offset, use, reader)) return std::nullopt;
    return list;
}

std::optional<Expression> Resolver::of_look_up(const LookUpSyntax& look_up, const Use& use) {
    const PathSyntax& path = look_up.path;
    const auto step = find_step({path.root, inside(use.start, path.offset)});
    if (!step) return std::nullopt;
    if (!route_.steps[*step].for_each) {
        const std::string message = " is not a for_each step: only its results are looked up";
        return fail(use, path.offset, in_quotes(path.root) + message);
    }
    Use inner = use;
    inner.place = Place::key;
    inner.can_lack = use.can_lack || path.optional;
    auto key = resolve(look_up.key.front(), inner);
    const Asked asked{path, use};
    LookUp resolved;
    resolved.result = blank(path, Root::step);
    resolved.result.step = *step;
    resolved.result.selection = ResultSelection::one;
    const auto inside_result = json_path(asked, 0);
    if (!key || !inside_result || !read(resolved.result, *inside_result, asked))
        return std::nullopt;
    note_use(resolved.result, use);
    warn_of_hidden(resolved.result, path, use);
    plan_.steps[*step].looked_up = true;
    resolved.key.push_back(*std::move(key));
    Expression expression;
    expression.form = std::move(resolved);
    expression.optional = path.optional;
    expression.text = path.text;
    return expression;
}

ValueType Resolver::type_of(const Expression& expression) const {
    if (const auto* call = std::get_if<FunctionCall>(&expression.form)) {
        if (call->function == Function::join) return ValueType::text;
        return call->function == Function::count ? ValueType::number : ValueType::list;
    }
    if (const auto* look_up = std::get_if<LookUp>(&expression.form)) {
        return look_up->result.plural ? ValueType::many : ValueType::any;
    }
    const Reference& reference = *expression.reference();
    if (reference.plural) return ValueType::many;
    const bool is_all_results = reference.root == Root::step &&
                                reference.selection == ResultSelection::whole &&
                                route_.steps[reference.step].for_each;
    return is_all_results ? ValueType::list : type_of_root(reference.root);
}

bool Resolver::check_place(const Expression& expression, std::size_t offset, const Use& use) {
    const auto refuse = [&](const std::string& message) {
        fail(use, offset, in_quotes(expression.text) + message);
        return false;
    };
    const ValueType type = type_of(expression);
    const bool takes_many = use.place == Place::list || use.place == Place::argument;
    if (type == ValueType::many && !takes_many) {
        return refuse(
            " names any number of values, which only for_each, join, count, concat and compact take"
        );
    }
    if (use.place == Place::list) {
        return check_list(expression, offset, use, use.role == Role::list ? "for_each" : "$each");
    }
    if (expression.optional && use.place == Place::path) {
        return refuse(" cannot be left out of a path: \"?\" is for a query, a header or a body");
    }
    if (expression.optional && use.place == Place::key) {
        return refuse(" cannot have \"?\" here: it stands behind the look-up");
    }
    if (type == ValueType::list && (use.place == Place::path || use.place == Place::text)) {
        return refuse(" is a list, which cannot stand in text: join(list, ',') makes text of it");
    }
    if (type == ValueType::list && use.place == Place::key) {
        return refuse(" is a list, which cannot be the key of a look-up");
    }
    return true;
}

bool Resolver::check_list(
    const Expression& list, std::size_t offset, const Use& use, std::string reader
) {
    const ValueType type = type_of(list);
    if (!is_scalar(type)) return true;
    const std::string what = in_quotes(list.text) + " is " + std::string{name_of(type)};
    fail(use, offset, std::move(reader) + " needs a list, and " + what);
    return false;
}

}  // namespace weft
