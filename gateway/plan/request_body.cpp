#include "plan/request_body.hpp"

#include <string>

namespace weft {

std::optional<BodyNode> compile_request_body(
    const YamlValue& body, Method method, const Use& use, Resolver& resolver
) {
    // RFC 9110 section 9.3.1: content in a GET has no meaning, and services refuse or ignore it.
    if (method == Method::get || method == Method::head) {
        resolver.diagnostics().error(
            body.at,
            "a " + std::string{to_string(method)} +
                " sends no body: write \"method: POST\", PUT or PATCH"
        );
    }
    return compile_body(body, use, resolver);
}

}  // namespace weft
