// Random templates of bodies.
#include "property/generate_values.hpp"

namespace weft::property {

ModelNode ValueMaker::each(std::size_t depth, ModelPlace place) {
    ModelNode made;
    made.kind = ModelNode::Kind::each;
    made.value = list_or_function(place);
    made.name = "e" + std::to_string(place.elements.size());
    place.elements.push_back(made.name);
    made.children.emplace_back("", node(depth - 1, place));
    return made;
}

ModelNode ValueMaker::object(std::size_t members, std::size_t depth, const ModelPlace& place) {
    ModelNode made;
    made.kind = ModelNode::Kind::object;
    for (std::size_t i = members; i > 0; --i) {
        made.children.emplace_back("k" + std::to_string(i), node(depth, place));
    }
    return made;
}

ModelNode ValueMaker::node(std::size_t depth, const ModelPlace& place) {
    ModelNode made;
    const std::size_t choice = dice_.below(depth == 0 ? 4 : 7);
    if (choice == 0) {
        made.literal = random_scalar(dice_);
    } else if (choice == 1) {
        made.kind = ModelNode::Kind::text;
        made.text = {"<"};
        for (auto& piece : text(place)) made.text.push_back(std::move(piece));
    } else if (choice < 4) {
        made.kind = ModelNode::Kind::value;
        made.value = value(place);
    } else if (choice == 4 || (choice == 6 && !place.in_response)) {
        made = object(dice_.below(4), depth - 1, place);
    } else if (choice == 5) {
        made.kind = ModelNode::Kind::array;
        for (std::size_t i = dice_.below(4); i > 0; --i) {
            made.children.emplace_back("", node(depth - 1, place));
        }
    } else {
        made = each(depth, place);
    }
    return made;
}

}  // namespace weft::property
