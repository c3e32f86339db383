#include "config/reading.hpp"

#include <algorithm>

namespace weft {
namespace {

// Of all texts that hold something from the environment: a long variable used often must not fill
// the memory.
constexpr std::size_t max_expanded = 16 << 20;  // bytes

std::string_view name_of(YamlNodeKind kind) {
    switch (kind) {
        case YamlNodeKind::null:
            return "nothing";
        case YamlNodeKind::list:
            return "a list";
        case YamlNodeKind::map:
            return "a map";
        case YamlNodeKind::scalar:
        case YamlNodeKind::refused:
            break;
    }
    return "text";
}

}  // namespace

void Reading::wrong(const WrittenValue& value, std::string_view problem) {
    error(
        value.node.at,
        in_quotes(value.key.value) + " in " + std::string(value.owner) + ' ' + std::string(problem)
    );
}

std::optional<WrittenScalar> Reading::scalar(
    const WrittenValue& value, std::string_view expected, TextUse use
) {
    if (value.node.kind == YamlNodeKind::scalar) return scalar(value.node, use);
    unexpected(value, expected);
    return std::nullopt;
}

std::optional<WrittenScalar> Reading::scalar(const YamlNode& node, TextUse use) {
    if (expanded_ > max_expanded) return std::nullopt;
    EnvExpansion expansion = expand_environment(node.scalar, use, environment_);
    for (EnvExpansion::Problem& problem : expansion.problems) {
        error(inside(node.at, problem.offset), std::move(problem.message));
    }
    if (!expansion.problems.empty()) return std::nullopt;
    WrittenScalar scalar{std::move(expansion.text), node.at, node.plain, expansion.expanded};
    if (!expansion.expanded) return scalar;
    const auto verbatim = static_cast<std::uint32_t>(expansion.verbatim);
    scalar.at.verbatim = std::min(scalar.at.verbatim, verbatim);
    expanded_ += scalar.text.size();
    if (expanded_ <= max_expanded) return scalar;
    error(node.at, "the environment's text makes the configuration larger than 16 MiB");
    return std::nullopt;
}

void Reading::unexpected(const WrittenValue& value, std::string_view expected) {
    if (value.node.kind == YamlNodeKind::refused) return;
    wrong(
        value, "must be " + std::string(expected) + ", not " + std::string(name_of(value.node.kind))
    );
}

}  // namespace weft
