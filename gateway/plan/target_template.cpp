#include "plan/target_template.hpp"

#include <utility>

#include "plan/percent.hpp"
#include "plan/target_syntax.hpp"
#include "plan/text_template.hpp"

namespace weft {

std::optional<CompiledPath> compile_path(
    const Written<std::string>& path, Use use, Resolver& resolver
) {
    use.place = Place::path;
    use.start = path.at;
    const auto parsed = parse_target(path.value);
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        resolver.diagnostics().error(inside(path.at, fault->offset), fault->message);
        return std::nullopt;
    }
    const auto& syntax = std::get<TargetSyntax>(parsed);
    CompiledPath compiled;
    bool is_sound = true;
    for (const TextSyntax& segment : syntax.segments) {
        auto text = resolve_text(segment, use, resolver);
        is_sound = is_sound && text;
        if (text) compiled.segments.push_back(std::move(*text));
    }
    if (syntax.rest) {
        compiled.rest =
            Written<std::string>{syntax.rest->text, inside(path.at, syntax.rest->offset)};
    }
    if (!is_sound) return std::nullopt;
    return compiled;
}

std::vector<QueryParameter> compile_query(
    const std::vector<NamedText>& query, Use use, Resolver& resolver
) {
    use.place = Place::text;
    std::vector<QueryParameter> compiled;
    for (const auto& [name, value] : query) {
        if (name.value.empty())
            resolver.diagnostics().error(name.at, "a query parameter needs a name");
        if (name.value.find("${") != std::string::npos) {
            resolver.diagnostics().error(
                name.at, "a query parameter's name cannot hold an expression"
            );
        }
        auto text = compile_text(value, use, resolver);
        if (!text) continue;
        std::string encoded;
        append_percent_encoded(encoded, name.value);
        compiled.push_back({std::move(encoded), std::move(*text)});
    }
    return compiled;
}

}  // namespace weft
