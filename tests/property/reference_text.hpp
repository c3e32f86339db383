// Texts and expressions taken apart, in the reference composer.
#pragma once

#include <functional>
#include <string>

#include "property/model.hpp"

namespace weft::property {

// RFC 3986 section 2.1: all but what is unreserved.
std::string percent_encoded(const std::string& text);

// A dot path itself, or one below it.
bool is_or_begins(const std::string& path, const std::string& above);

using SeeExpression = std::function<void(const ModelExpression&)>;

// Every expression, arguments and keys included.
void visit(const ModelExpression& expression, const SeeExpression& see);
void visit(const ModelText& text, const SeeExpression& see);
void visit(const ModelNode& node, const SeeExpression& see);
void visit(const ModelCondition& condition, const SeeExpression& see);

// Only those that stand by themselves, without what is in them.
void visit_outermost(const ModelCall& call, const SeeExpression& see);
// What feeds the step: its list, its call and its batch's.
void visit_outermost(const ModelStep& step, const SeeExpression& see);

}  // namespace weft::property
