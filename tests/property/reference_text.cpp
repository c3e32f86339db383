#include "property/reference_text.hpp"

namespace weft::property {

std::string percent_encoded(const std::string& text) {
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (unreserved.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', hex[byte >> 4], hex[byte & 15]};
        }
    }
    return out;
}

void visit(
    const ModelExpression& expression, const std::function<void(const ModelExpression&)>& see
) {
    see(expression);
    for (const ModelExpression& argument : expression.arguments) visit(argument, see);
}

void visit(const ModelText& text, const std::function<void(const ModelExpression&)>& see) {
    for (const auto& piece : text) {
        if (const auto* expression = std::get_if<ModelExpression>(&piece)) visit(*expression, see);
    }
}

void visit(const ModelNode& node, const std::function<void(const ModelExpression&)>& see) {
    using Kind = ModelNode::Kind;
    if (node.kind == Kind::value || node.kind == Kind::each) visit(node.value, see);
    visit(node.text, see);
    for (const auto& [name, child] : node.children) visit(child, see);
}

}  // namespace weft::property
