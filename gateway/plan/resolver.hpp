// What the names in one route's expressions mean. Resolving a reference also notes in the plan what
// it makes necessary: who feeds whom, and which paths are read of which document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/written.hpp"
#include "json/path.hpp"
#include "plan/expression_syntax.hpp"
#include "plan/path_pattern.hpp"
#include "plan/plan.hpp"

namespace weft {

// What kind of place an expression stands in.
enum class Place : std::uint8_t {
    path,
    text,      // a query parameter, a header, or a string with more in it than the expression
    value,     // a JSON value by itself, or a value to be compared
    list,      // for_each, or the `$each` of a body
    argument,  // of a function: a list
    key,       // of a look-up
};

// Which part of its step a scalar belongs to.
enum class Role : std::uint8_t {
    call,       // what is sent: knows `item` and `index` if the step has for_each
    list,       // its for_each
    condition,  // its `when`: decides and does not feed
    batch,      // what is sent for many items: knows `items`
};

// Where a scalar stands.
struct Use {
    Place place = Place::text;
    std::optional<StepIndex> reader{};  // nothing: the response, or a proxy
    Position start{};                   // of the scalar
    Role role = Role::call;
    bool can_lack = false;  // stands in a look-up with `?`
};

// What is known at load of an expression's value.
enum class ValueType : std::uint8_t {
    any,
    text,
    number,
    boolean,
    list,
    many,  // any number of values
};

// As messages say it.
std::string_view name_of(ValueType type) noexcept;

class Resolver {
  public:
    // The steps of `plan` are there, by name and index, and nothing else of them is read. `pattern`
    // is null if it is wrong: then it has every parameter. All outlive the resolver.
    Resolver(
        const WrittenRoute& route,
        const PathPattern* pattern,
        ComposePlan& plan,
        Diagnostics& diagnostics
    );

    // Nothing, and an error, if it means nothing there.
    std::optional<Expression> resolve(const ExpressionSyntax& expression, const Use& use);
    // Of `when`: `use` has Role::condition.
    std::optional<Condition> resolve(const ConditionSyntax& condition, const Use& use);
    // Of `after`. Nothing, and an error, if there is no such step.
    std::optional<StepIndex> find_step(const Written<std::string>& name);

    // For as long as it lives, `name` is an element of the list of a `$each` (Root::element, with
    // the number of scopes around this one as its level), and what is read of it is added to
    // `reads`. The innermost scope of a name is meant.
    class ElementScope {
      public:
        ElementScope(Resolver& resolver, std::string_view name, PathSet& reads)
            : resolver_{resolver} {
            resolver_.elements_.push_back({std::string{name}, &reads});
        }
        ~ElementScope() { resolver_.elements_.pop_back(); }
        ElementScope(const ElementScope&) = delete;
        ElementScope& operator=(const ElementScope&) = delete;

      private:
        Resolver& resolver_;
    };

    // What a name means already.
    bool is_step(std::string_view name) const { return steps_.contains(name); }
    bool is_element(std::string_view name) const;

    Diagnostics& diagnostics() noexcept { return diagnostics_; }

  private:
    struct Element {
        std::string name;
        PathSet* reads;
    };

    // What is being resolved.
    struct Asked {
        const PathSyntax& path;
        const Use& use;
    };

    std::optional<Expression> of_path(const PathSyntax& path, const Use& use);
    std::optional<Expression> of_call(
        const ExpressionSyntax& written, const CallSyntax& call, const Use& use
    );
    std::optional<Expression> of_look_up(const LookUpSyntax& look_up, const Use& use);
    bool check_arguments(const ExpressionSyntax& written, const CallSyntax& call, const Use& use);
    std::optional<Expression> argument(
        Function function, const ExpressionSyntax& written, const Use& use
    );

    std::optional<Reference> by_root(Asked asked);
    std::optional<Reference> of_step(Asked asked, StepIndex step);
    std::optional<Reference> of_item(Asked asked);
    std::optional<Reference> of_index(Asked asked);
    std::optional<Reference> of_items(Asked asked);
    std::optional<Reference> of_element(Asked asked, std::size_t level);
    std::optional<Reference> of_steps(Asked asked);
    std::optional<Reference> of_request(Asked asked);
    std::optional<Reference> of_request_field(Asked asked, Root root);
    std::optional<Reference> with_header_name(
        Reference reference, const Selector& name, Asked asked
    );
    std::optional<Reference> of_unknown(Asked asked);
    // Whether the name of an item is known there; if not, an error.
    bool has_item(Asked asked, std::string_view name);
    std::string_view name_of_item(const Use& use) const;

    // The path from the selector at `first` on; nothing, and an error, for a name that must be
    // quoted.
    std::optional<JsonPath> json_path(Asked asked, std::size_t first);
    bool read(Reference& reference, const JsonPath& path, Asked asked);
    bool check_parameter(const Selector& selector, Asked asked);
    void warn_of_hidden(const Reference& reference, const PathSyntax& path, const Use& use);
    void note_use(const Reference& reference, const Use& use);
    static Reference blank(const PathSyntax& path, Root root);
    PathSet& documents(const Reference& reference, const Use& use);

    ValueType type_of(const Expression& expression) const;
    bool check_place(const Expression& expression, std::size_t offset, const Use& use);
    // Whether it can be what `reader` needs; if not, an error.
    bool check_list(const Expression& list, std::size_t offset, const Use& use, std::string reader);

    std::optional<Condition> resolve_operand(const ConditionSyntax& written, const Use& use);
    ValueType type_of(const Condition& condition) const;
    // Whether it can be true; if not, an error.
    bool check_logical(const Condition& condition, const ConditionSyntax& written, const Use& use);
    // Whether the right side of `in` can be a list; if not, an error.
    bool check_container(
        const Condition& condition, const ConditionSyntax& written, const Use& use
    );

    std::vector<std::string_view> known_names(const Use& use) const;
    // Nothing, and an error at that byte of the scalar.
    std::nullopt_t fail(const Use& use, std::size_t offset, std::string message);
    std::nullopt_t fail(Asked asked, std::size_t offset, std::string message) {
        return fail(asked.use, offset, std::move(message));
    }

    const WrittenRoute& route_;
    const PathPattern* pattern_;
    ComposePlan& plan_;
    Diagnostics& diagnostics_;
    std::unordered_map<std::string_view, StepIndex> steps_;
    std::vector<Element> elements_;  // the scopes, outermost first
};

}  // namespace weft
