#include "explain/value_schema.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "json/text.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

class SchemaMaker {
  public:
    SchemaMaker(const PathSet& paths, const Shape& shape) : paths_{paths}, shape_{shape} {}

    // Nothing is read below a place that is not in the paths.
    Json make(std::optional<PathNodeId> at, ShapeNodeId place) const {
        if (place == shape_nothing) return Json{{"type", "null"}};
        Json schema = Json::object();
        Json members = Json::object();
        if (place != shape_everything) add_shaped(members, at, place);
        if (at) add_read(members, *at, place);
        if (!members.empty()) schema["properties"] = std::move(members);
        const bool is_closed =
            place != shape_everything && shape_.node(place).rest() == shape_nothing;
        if (is_closed) schema["additionalProperties"] = false;
        if (at) add_elements(schema, *at, place);
        return schema;
    }

  private:
    void add_shaped(Json& members, std::optional<PathNodeId> at, ShapeNodeId place) const {
        for (const ShapeNode::Member& member : shape_.node(place).members()) {
            const bool gives_way = member.replaced_by != ShapeNode::by_none;
            if (member.child == shape_nothing || gives_way) continue;
            const std::string name = member.renamed_to.empty()
                                         ? member.name
                                         : decode_json_string(member.renamed_to).value_or("");
            members[name] = make(below(at, member.name), member.child);
        }
    }

    // What is read and goes out under its own name.
    void add_read(Json& members, PathNodeId at, ShapeNodeId place) const {
        const bool is_whole = place == shape_everything;
        for (const PathNode::Member& member : paths_.nodes()[at].members) {
            const bool is_mentioned = !is_whole && shape_.node(place).find(member.name) != nullptr;
            const ShapeNodeId rest = is_whole ? shape_everything : shape_.node(place).rest();
            if (is_mentioned || rest == shape_nothing || members.contains(member.name)) continue;
            members[member.name] = make(member.child, rest);
        }
    }

    // Shapes cross arrays by themselves.
    void add_elements(Json& schema, PathNodeId at, ShapeNodeId place) const {
        const PathNode& node = paths_.nodes()[at];
        if (node.every != 0) {
            schema["items"] = make(node.every, place);
        } else if (!node.elements.empty()) {
            schema["items"] = make(std::nullopt, place);
        }
    }

    std::optional<PathNodeId> below(std::optional<PathNodeId> at, const std::string& name) const {
        if (!at) return std::nullopt;
        for (const PathNode::Member& member : paths_.nodes()[*at].members) {
            if (member.name == name) return member.child;
        }
        return std::nullopt;
    }

    const PathSet& paths_;
    const Shape& shape_;
};

}  // namespace

Json value_schema(const PathSet& paths, PathNodeId at) {
    const Shape whole;
    return SchemaMaker{paths, whole}.make(at, whole.root());
}

Json value_schema(const PathSet& paths, PathNodeId at, const Shape& shape, ShapeNodeId place) {
    return SchemaMaker{paths, shape}.make(at, place);
}

Json or_null(Json schema) {
    if (schema.empty()) return Json{{"description", "Can be null."}};
    if (schema.contains("type") && schema["type"].is_string() && schema.size() == 1) {
        if (schema["type"] == "null") return schema;
        return Json{{"type", {schema["type"], "null"}}};
    }
    return Json{{"anyOf", {std::move(schema), Json{{"type", "null"}}}}};
}

}  // namespace weft
