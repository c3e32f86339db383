#include "compose/shown.hpp"

namespace weft {
namespace {

// Of the whole document that the reference is followed in.
ShapePlace place_of_document(const Reference& reference, const Scope& scope) {
    if (scope.view == View::raw) return {};
    if (reference.root == Root::element) return scope.elements[reference.level].value.place;
    if (reference.root != Root::step) return {};
    const Shape& shape = scope.run.step(reference.step).shape;
    return shape.empty() ? ShapePlace{} : ShapePlace{&shape, shape.root()};
}

}  // namespace

ShapePlace place_of(const Reference& reference, PathId path, const Scope& scope) {
    ShapePlace place = place_of_document(reference, scope);
    if (place.at == shape_everything) return {};
    const bool of_element = reference.root == Root::element;
    const PathSet& paths =
        of_element ? *scope.elements[reference.level].reads : scope.run.step(reference.step).reads;
    place.at = place.shape->below(place.at, paths, path);
    return place;
}

ShapePlace place_of(const Reference& reference, const Scope& scope) {
    return reference.is_whole_document ? place_of_document(reference, scope)
                                       : place_of(reference, reference.path, scope);
}

Value shown(Value value, const ShapePlace& place) {
    if (place.at == shape_everything || value.kind != ValueKind::json) return value;
    if (place.at == shape_nothing) return {};
    const bool has_parts =
        value.json.type == JsonType::object || value.json.type == JsonType::array;
    if (!has_parts && place.shape->node(place.at).rest() == shape_nothing) return {};
    if (has_parts) value.place = place;
    return value;
}

}  // namespace weft
