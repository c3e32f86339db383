// What the names in one route's expressions mean. Resolving a reference also notes in the plan what
// it makes necessary: who feeds whom, and which paths are read of which document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/written.hpp"
#include "json/path.hpp"
#include "plan/expression_syntax.hpp"
#include "plan/path_pattern.hpp"
#include "plan/plan.hpp"

namespace weft {

// What kind of place a reference stands in.
enum class Place : std::uint8_t {
    path,
    text,   // a query parameter, a header, or a string with more in it than the reference
    value,  // a JSON value by itself
    list,   // for_each
};

// Where a scalar stands.
struct Use {
    Place place = Place::text;
    std::optional<StepIndex> reader;  // nothing: the response, or a proxy
    Position start{};                 // of the scalar
};

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
    std::optional<Reference> resolve(const PathSyntax& path, const Use& use);
    // Of the list of a for_each: with the path that tells an absent list from an empty one.
    std::optional<ForEach> resolve_list(const PathSyntax& path, const Use& use);

    Diagnostics& diagnostics() noexcept { return diagnostics_; }

  private:
    // What is being resolved.
    struct Asked {
        const PathSyntax& path;
        const Use& use;
    };

    std::optional<Reference> by_root(Asked asked);
    std::optional<Reference> of_step(Asked asked, StepIndex step);
    std::optional<Reference> of_item(Asked asked);
    std::optional<Reference> of_index(Asked asked);
    std::optional<Reference> of_request(Asked asked);
    std::optional<Reference> of_request_field(Asked asked, Root root);
    std::optional<Reference> of_unknown(Asked asked);
    // The path from the selector at `first` on; nothing, and an error, for a name that must be
    // quoted.
    std::optional<JsonPath> json_path(Asked asked, std::size_t first);
    bool read(Reference& reference, const JsonPath& path, Asked asked);
    bool check_place(const Reference& reference, Asked asked);
    bool check_parameter(const Selector& selector, Asked asked);
    void note_use(const Reference& reference, const Use& use);
    static Reference blank(const PathSyntax& path, Root root);
    PathSet& documents(const Reference& reference, const Use& use);
    // Nothing, and an error at that byte of the scalar.
    std::nullopt_t fail(Asked asked, std::size_t offset, std::string message);

    const WrittenRoute& route_;
    const PathPattern* pattern_;
    ComposePlan& plan_;
    Diagnostics& diagnostics_;
    std::unordered_map<std::string_view, StepIndex> steps_;
};

}  // namespace weft
