// Texts and expressions taken apart, in the reference composer.
#pragma once

#include <functional>
#include <string>

#include "property/model.hpp"

namespace weft::property {

// RFC 3986 section 2.1: all but what is unreserved.
std::string percent_encoded(const std::string& text);

using SeeExpression = std::function<void(const ModelExpression&)>;

// Every expression, arguments included.
void visit(const ModelExpression& expression, const SeeExpression& see);
void visit(const ModelText& text, const SeeExpression& see);
void visit(const ModelNode& node, const SeeExpression& see);

}  // namespace weft::property
