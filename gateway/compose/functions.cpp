#include "compose/functions.hpp"

#include <string>
#include <utility>

#include "compose/items.hpp"

namespace weft {
namespace {

Value count(const Expression& list, const Scope& scope) {
    std::uint64_t items = 0;
    const auto visit = [&items](const Value&) {
        ++items;
        return true;
    };
    const ListEnd end = visit_items(list, scope, visit);
    return end.kind == ListKind::list ? Value::of_number(items) : value_of(end);
}

class Joiner {
  public:
    explicit Joiner(const FunctionCall& call) : call_{call} {}

    Value join(const Scope& scope) {
        const auto visit = [this](Value item) { return add(std::move(item)); };
        const ListEnd end = visit_items(call_.arguments.front(), scope, visit);
        if (end.kind != ListKind::list) return value_of(end);
        if (bad_item_) return without_text(end, scope);
        if (!text_.empty()) text_.resize(text_.size() - call_.separator.size());
        return Value::of_text(std::move(text_));
    }

  private:
    bool add(Value item) {
        if (item.kind == ValueKind::unavailable || item.is_missing()) {
            bad_item_ = item.kind == ValueKind::unavailable ? Value::unavailable() : Value{};
            return false;
        }
        const std::optional<std::string> text = text_of(std::move(item));
        if (text && append(*text)) return true;
        bad_item_ = Value::refused(FailureKind::invalid_value, nullptr);
        return false;
    }

    // The visit ended at the bad item. What is no list behind it makes the whole none, in whatever
    // order the arguments stand.
    Value without_text(const ListEnd& end, const Scope& scope) {
        const auto pass = [](const Value&) { return true; };
        const ListEnd whole = visit_items(call_.arguments.front(), scope, pass);
        if (whole.kind != ListKind::list) return value_of(whole);
        bad_item_->by = end.by;
        return *std::move(bad_item_);
    }

    // Whether the item can be told again from what stands around it: it does not hold the
    // separator, nor does its end with the separator's begin look like one.
    bool append(const std::string& item) {
        const std::size_t begin = text_.size();
        text_ += item;
        const std::size_t end = text_.size();
        text_ += call_.separator;
        return text_.find(call_.separator, begin) == end;
    }

    const FunctionCall& call_;
    std::string text_;  // ends with a separator
    std::optional<Value> bad_item_;
};

}  // namespace

Value evaluate(const FunctionCall& call, const Scope& scope) {
    switch (call.function) {
        case Function::join:
            return Joiner{call}.join(scope);
        case Function::count:
            return count(call.arguments.front(), scope);
        case Function::concat:
        case Function::compact:
            break;
    }
    return Value::list();
}

}  // namespace weft
