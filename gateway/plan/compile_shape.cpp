#include "plan/compile_shape.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "json/shape_builder.hpp"
#include "plan/member_path.hpp"

namespace weft {
namespace {

// Far more than anybody writes.
constexpr std::size_t max_shape_paths = 1'000;

// Paths as they are written; a path is below another one if that and a dot begin it.
using Paths = std::unordered_set<std::string_view>;

// The path above `path`, or itself, that is in `paths`; empty if none is.
std::string_view covering(std::string_view path, const Paths& paths) {
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos;
         dot = path.find('.', dot + 1)) {
        if (paths.contains(path.substr(0, dot))) return path.substr(0, dot);
    }
    return paths.contains(path) ? path : std::string_view{};
}

class ShapeCompiler {
  public:
    ShapeCompiler(const WrittenStep& written, Diagnostics& diagnostics)
        : written_{written}, diagnostics_{diagnostics} {}

    Shape compile() && {
        for (const auto& path : written_.select) selected_.insert(path.value);
        for (const auto& path : written_.omit) omitted_.insert(path.value);
        add_selected();
        add_omitted();
        add_renamed();
        return std::move(builder_).build();
    }

  private:
    void add_selected() {
        Paths seen;
        for (const auto& path : written_.select) {
            const auto names = parse(path, "select", seen);
            if (!names) continue;
            const std::string_view above = covering(above_of(path.value), selected_);
            const std::string_view hidden = covering(path.value, omitted_);
            if (!above.empty()) {
                error(path, " is selected with " + in_quotes(above) + " already: keep one of them");
            } else if (hidden == path.value) {
                error(path, " is both selected and omitted");
            } else if (!hidden.empty()) {
                error(path, " is selected, but " + in_quotes(hidden) + " is omitted");
            } else {
                builder_.select(*names);
            }
        }
    }

    void add_omitted() {
        Paths seen;
        for (const auto& path : written_.omit) {
            const auto names = parse(path, "omit", seen);
            if (!names || selected_.contains(path.value)) continue;
            const std::string_view above = covering(above_of(path.value), omitted_);
            if (!above.empty()) {
                warn(path, " is omitted with " + in_quotes(above) + " already");
            } else if (is_unselected(path.value)) {
                warn(path, " is not selected, so there is nothing to omit");
            } else {
                builder_.omit(*names);
            }
        }
    }

    void add_renamed() {
        Paths seen;
        std::set<std::pair<std::string_view, std::string_view>> targets;  // and what is above them
        for (const auto& [path, name] : written_.rename) {
            const auto names = parse(path, "rename", seen);
            if (!names || !is_name(name)) continue;
            if (name.value == names->back()) {
                diagnostics_.error(name.at, in_quotes(path.value) + " has that name already");
            } else if (!targets.emplace(above_of(path.value), name.value).second) {
                diagnostics_.error(
                    name.at, "two members of one object are renamed to " + in_quotes(name.value)
                );
            } else if (is_hidden(path.value)) {
                warn(path, " is not sent, so there is nothing to rename");
            } else {
                builder_.rename(*names, name.value);
            }
        }
    }

    bool is_name(const Written<std::string>& name) {
        if (!name.value.empty() && name.value.find_first_of(".[]") == std::string::npos)
            return true;
        diagnostics_.error(
            name.at, "rename gives a member another name where it stands: a name without dots"
        );
        return false;
    }

    // Nothing, and maybe an error, if it is wrong or was there before.
    std::optional<ShapePath> parse(
        const Written<std::string>& path, std::string_view key, Paths& seen
    ) {
        if (seen.size() == max_shape_paths) {
            diagnostics_.error(
                path.at,
                in_quotes(key) + " has at most " + std::to_string(max_shape_paths) + " paths"
            );
            return std::nullopt;
        }
        auto parsed = parse_member_path(path.value);
        if (const auto* fault = std::get_if<TextFault>(&parsed)) {
            diagnostics_.error(inside(path.at, fault->offset), fault->message);
            return std::nullopt;
        }
        if (!seen.insert(path.value).second) {
            warn(path, " stands here twice");
            return std::nullopt;
        }
        return std::get<ShapePath>(std::move(parsed));
    }

    static std::string_view above_of(std::string_view path) {
        const std::size_t dot = path.rfind('.');
        return dot == std::string_view::npos ? std::string_view{} : path.substr(0, dot);
    }

    // Neither selected nor with something selected below.
    bool is_unselected(std::string_view path) const {
        if (selected_.empty() || !covering(path, selected_).empty()) return false;
        const std::string below = std::string{path} + '.';
        return std::ranges::none_of(selected_, [&](std::string_view other) {
            return other.starts_with(below);
        });
    }

    bool is_hidden(std::string_view path) const {
        return !covering(path, omitted_).empty() || is_unselected(path);
    }

    void error(const Written<std::string>& path, const std::string& message) {
        diagnostics_.error(path.at, in_quotes(path.value) + message);
    }
    void warn(const Written<std::string>& path, const std::string& message) {
        diagnostics_.warning(path.at, in_quotes(path.value) + message);
    }

    const WrittenStep& written_;
    Diagnostics& diagnostics_;
    Paths selected_;
    Paths omitted_;
    ShapeBuilder builder_;
};

}  // namespace

Shape compile_shape(const WrittenStep& written, Diagnostics& diagnostics) {
    return ShapeCompiler{written, diagnostics}.compile();
}

}  // namespace weft
