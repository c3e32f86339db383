#include "explain/choice.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "config/diagnostics.hpp"
#include "http/target.hpp"
#include "plan/path_pattern.hpp"

namespace weft {
namespace {

constexpr std::size_t most_shown = 10;
// What sets a path apart from a pattern, in weights: a likely typing mistake weighs less than
// another word.
constexpr std::size_t typing_mistake = 1;
constexpr std::size_t other_segment = 2;
// Routes that differ in more have nothing to do with the request.
constexpr std::size_t most_difference = 2 * other_segment;

// How a path stands to a pattern, segment by segment.
struct Comparison {
    std::size_t difference = 0;
    std::size_t first = 0;  // the segment of the first difference
    std::string reason;     // of the first difference
};

class Comparer {
  public:
    Comparer(const PathPattern& pattern, const std::vector<std::string_view>& path)
        : pattern_{pattern.segments}, path_{path} {}

    Comparison compare() && {
        const bool has_rest = pattern_.back().kind == SegmentKind::rest;
        const std::size_t length = pattern_.size();
        const std::size_t common = std::min(length - (has_rest ? 1 : 0), path_.size());
        for (std::size_t i = 0; i < common; ++i) compare(i);
        if (path_.size() < length || (path_.size() > length && !has_rest)) {
            const std::size_t apart =
                path_.size() < length ? length - path_.size() : path_.size() - length;
            differ(
                {common, apart * other_segment},
                "it has " + std::to_string(length) + (length == 1 ? " segment" : " segments") +
                    ", and the path " + std::to_string(path_.size())
            );
        }
        return std::move(result_);
    }

  private:
    void compare(std::size_t i) {
        const PatternSegment& wanted = pattern_[i];
        const std::string segment = percent_decode(path_[i]);
        const std::string place = "segment " + std::to_string(i + 1);
        if (wanted.kind == SegmentKind::literal && segment != wanted.text) {
            const bool is_mistyped = !nearest(segment, {wanted.text}).empty();
            differ(
                {i, is_mistyped ? typing_mistake : other_segment},
                place + " is " + in_quotes(segment) + ", not " + in_quotes(wanted.text)
            );
        } else if (wanted.kind == SegmentKind::parameter && segment.empty()) {
            differ({i, other_segment}, place + " is empty, and {" + wanted.text + "} must not be");
        }
    }

    struct Difference {
        std::size_t segment = 0;
        std::size_t weight = 0;
    };

    void differ(Difference difference, std::string reason) {
        const bool is_first = result_.difference == 0;
        result_.difference += difference.weight;
        if (!is_first) return;
        result_.first = difference.segment;
        result_.reason = std::move(reason);
    }

    const std::vector<PatternSegment>& pattern_;
    const std::vector<std::string_view>& path_;
    Comparison result_;
};

std::string spell(const PatternSegment& segment) {
    switch (segment.kind) {
        case SegmentKind::literal:
            return in_quotes(segment.text);
        case SegmentKind::parameter:
            return "{" + segment.text + "}";
        case SegmentKind::rest:
            return "{" + segment.text + "...}";
    }
    return "";
}

// The plan was compiled, so its path is one.
PathPattern pattern_of(const Plan& plan) {
    return std::get<PathPattern>(parse_path_pattern(plan.path));
}

// Both match the same path with the same method: the first segment where they differ decides.
std::string reason_of_rank(const Plan& winner, const PathPattern& other) {
    const PathPattern better = pattern_of(winner);
    const std::size_t common = std::min(better.segments.size(), other.segments.size());
    std::string reason = "matches, but " + in_quotes(winner.name) + " ranks higher";
    for (std::size_t i = 0; i < common; ++i) {
        if (better.segments[i].kind == other.segments[i].kind) continue;
        return reason + ": segment " + std::to_string(i + 1) + " is " + spell(better.segments[i]) +
               " there and " + spell(other.segments[i]) + " here";
    }
    return reason;
}

struct Ranked {
    std::size_t difference = 0;
    std::size_t shared = 0;  // segments before the first difference
    RejectedRoute route;
};

class Chooser {
  public:
    Chooser(const Snapshot& snapshot, Method method, std::string_view path)
        : snapshot_{snapshot},
          method_{method == Method::head ? Method::get : method},
          path_{split_path(path)} {}

    void reject(RouteChoice& choice) {
        const auto* matched = std::get_if<Matched>(&choice.match);
        const Plan* winner = matched == nullptr ? nullptr : matched->plan;
        std::vector<Ranked> near;
        for (const Plan& plan : snapshot_.plans) {
            if (&plan == winner) continue;
            auto ranked = rank(plan, winner);
            if (ranked) near.push_back(std::move(*ranked));
            if (!ranked) ++choice.unlike;
        }
        std::ranges::stable_sort(near, [](const Ranked& a, const Ranked& b) {
            return std::pair{a.difference, b.shared} < std::pair{b.difference, a.shared};
        });
        for (Ranked& each : near) {
            const bool is_shown = choice.rejected.size() < most_shown;
            if (is_shown) choice.rejected.push_back(std::move(each.route));
            if (!is_shown) ++choice.unlike;
        }
    }

  private:
    std::optional<Ranked> rank(const Plan& plan, const Plan* winner) const {
        const PathPattern pattern = pattern_of(plan);
        Comparison compared = Comparer{pattern, path_}.compare();
        const bool has_method = plan.method == method_;
        if (compared.difference > most_difference) return std::nullopt;
        Ranked ranked{compared.difference, compared.first, {&plan, std::move(compared.reason)}};
        if (ranked.difference == 0 && has_method) {
            ranked.route.reason = reason_of_rank(*winner, pattern);
        } else if (ranked.difference == 0) {
            ranked.route.reason = "matches, but it is for " + std::string{to_string(plan.method)};
        }
        return ranked;
    }

    const Snapshot& snapshot_;
    Method method_;
    std::vector<std::string_view> path_;
};

}  // namespace

RouteChoice choose_route(const Snapshot& snapshot, Method method, std::string_view target) {
    RouteChoice choice;
    choice.method = method;
    choice.target = target;
    choice.match = NotFound{};
    const auto parts = check_origin_form(target);
    choice.is_well_formed = parts.has_value();
    if (!parts) return choice;
    if (method == Method::options) {
        auto allowed = snapshot.routes.allowed(parts->path);
        if (!allowed.empty()) choice.match = MethodNotAllowed{std::move(allowed)};
    } else {
        choice.match = snapshot.routes.match(method, parts->path);
    }
    Chooser{snapshot, method, parts->path}.reject(choice);
    return choice;
}

}  // namespace weft
