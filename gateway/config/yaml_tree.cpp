#include "config/yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>

#include "config/yaml_scalars.hpp"
#include "config/yaml_syntax_error.hpp"

namespace weft {
namespace {

constexpr std::size_t max_depth = 64;
constexpr std::size_t max_weight = 100'000;
// A value weighs one, and one more for each so many bytes of its text, so that aliases cannot
// multiply long texts.
constexpr std::size_t bytes_per_weight = 64;

// The whole file is refused; thrown through yaml-cpp, which is safe against it.
struct Refusal {
    Position at;
    std::string message;
};

class TreeBuilder : public YAML::EventHandler {
  public:
    TreeBuilder(const SourceText& source, Diagnostics& diagnostics)
        : source_(source), diagnostics_(diagnostics) {}

    YamlTree take() { return std::move(tree_); }
    // A mistake in a scalar often breaks the YAML behind it: then it is the cause.
    bool has_mistake_on(Position at) const { return mistake_line_ == at.line; }

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        const std::string& value
    ) override;
    void OnSequenceStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value style
    ) override;
    void OnSequenceEnd() override { close(); }
    void OnMapStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value style
    ) override;
    void OnMapEnd() override { close(); }

  private:
    // A list or map that is not complete yet.
    struct Open {
        YamlNode* node = nullptr;
        YAML::anchor_t anchor = YAML::NullAnchor;
        std::size_t weight = 1;
        std::size_t height = 1;
        std::optional<Written<std::string>> key;  // read, its value not yet
        std::unordered_map<std::string, Position> keys;
    };
    // A complete value that an alias may name.
    struct Anchored {
        const YamlNode* node = nullptr;
        std::size_t weight = 1;
        std::size_t height = 0;
    };

    Position position(const YAML::Mark& mark) const;
    bool key_expected() const;
    YamlNode& make(YamlNodeKind kind, Position at);
    void open(YamlNodeKind kind, Position at, YAML::anchor_t anchor);
    void close();
    void add(const Anchored& value, YAML::anchor_t anchor);
    void add_key(Written<std::string> key);
    void refuse_tag(Position at);

    const SourceText& source_;
    Diagnostics& diagnostics_;
    YamlTree tree_;
    std::vector<Open> open_;
    std::unordered_map<YAML::anchor_t, Anchored> anchored_;
    std::size_t documents_ = 0;
    std::uint32_t mistake_line_ = 0;
};

Position TreeBuilder::position(const YAML::Mark& mark) const {
    return source_.position(
        static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)
    );
}

bool TreeBuilder::key_expected() const {
    return !open_.empty() && open_.back().node->kind == YamlNodeKind::map && !open_.back().key;
}

YamlNode& TreeBuilder::make(YamlNodeKind kind, Position at) {
    YamlNode& node = tree_.nodes.emplace_back();
    node.kind = kind;
    node.at = at;
    return node;
}

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
    if (++documents_ == 1) return;
    const Position at = position(mark);
    if (source_.from(at).starts_with("---")) {
        throw Refusal{at, "a second document: one file holds one YAML document"};
    }
    throw Refusal{at, "this stands further left than the lines before it: check the indentation"};
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
    Position at = position(mark);
    if (key_expected()) {
        throw Refusal{at, "a key is missing here, or is null: a key is text, \"null\" in quotes"};
    }
    refuse_tag(at);
    // The mark of a value that is not there is the next value's.
    const bool is_member = !open_.empty() && open_.back().key;
    const bool is_written = source_.from(at).starts_with('~') ||
                            (source_.from(at).size() >= 4 && (source_.from(at)[0] | 0x20) == 'n');
    if (is_member && !(is_written && at.line == open_.back().key->at.line)) {
        at = open_.back().key->at;
    }
    add({&make(YamlNodeKind::null, at), 1, 0}, anchor);
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
    const Position at = position(mark);
    if (key_expected()) throw Refusal{at, "an alias cannot be a key"};
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end()) throw Refusal{at, "this alias is part of the value it names"};
    if (open_.size() + found->second.height > max_depth) {
        throw Refusal{at, "this alias nests values more than 64 levels deep"};
    }
    add(found->second, YAML::NullAnchor);
}

void TreeBuilder::OnScalar(
    const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, const std::string& value
) {
    const Position start = position(mark);
    const char first = content_start(source_, start);
    const bool plain = first != '"' && first != '\'' && first != '|' && first != '>';
    const ScalarEvent event{start, value, plain};
    const Position at = content_position(source_, event);
    std::optional<Mistake> mistake = mistake_in(source_, event, at);
    const bool tagged = has_tag(source_, start);
    if (tagged) refuse_tag(start);
    if (mistake) {
        mistake_line_ = mistake->at.line;
        diagnostics_.error(mistake->at, std::move(mistake->message));
    }
    if (key_expected()) return add_key({value, at});
    YamlNode& node = make(mistake || tagged ? YamlNodeKind::refused : YamlNodeKind::scalar, at);
    node.plain = plain;
    node.scalar = value;
    add({&node, 1 + value.size() / bytes_per_weight, 0}, anchor);
}

void TreeBuilder::OnSequenceStart(
    const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value
) {
    open(YamlNodeKind::list, position(mark), anchor);
}

void TreeBuilder::OnMapStart(
    const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value
) {
    open(YamlNodeKind::map, position(mark), anchor);
}

void TreeBuilder::refuse_tag(Position at) {
    if (!has_tag(source_, at)) return;
    diagnostics_.error(at, "tags such as !!str are not used here: put text in quotes");
}

void TreeBuilder::open(YamlNodeKind kind, Position at, YAML::anchor_t anchor) {
    if (key_expected()) {
        throw Refusal{at, "a key must be text; a value with braces in it needs double quotes"};
    }
    if (open_.size() >= max_depth) throw Refusal{at, "values are nested more than 64 levels deep"};
    refuse_tag(at);
    Open& opened = open_.emplace_back();
    opened.node = &make(kind, at);
    opened.anchor = anchor;
}

void TreeBuilder::close() {
    const Open closed = std::move(open_.back());
    open_.pop_back();
    add({closed.node, closed.weight, closed.height}, closed.anchor);
}

void TreeBuilder::add(const Anchored& value, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) anchored_[anchor] = value;
    if (open_.empty()) {
        tree_.root = value.node;
        return;
    }
    Open& into = open_.back();
    into.weight += value.weight;
    into.height = std::max(into.height, value.height + 1);
    // Of the innermost map or list alone: a larger one is weighed when it is closed.
    if (into.weight > max_weight) {
        throw Refusal{value.node->at, "the file holds too much: more than 100000 values"};
    }
    if (into.node->kind == YamlNodeKind::list) {
        into.node->items.push_back(value.node);
        return;
    }
    into.node->members.push_back({std::move(*into.key), value.node});
    into.key.reset();
}

void TreeBuilder::add_key(Written<std::string> key) {
    Open& map = open_.back();
    const auto [first, is_new] = map.keys.try_emplace(key.value, key.at);
    if (!is_new) {
        diagnostics_.error(
            key.at,
            "duplicate key " + in_quotes(key.value) + " (first at " +
                std::to_string(first->second.line) + ':' + std::to_string(first->second.column) +
                ")"
        );
    }
    map.key = std::move(key);
}

}  // namespace

std::optional<YamlTree> parse_yaml(const SourceText& source, Diagnostics& diagnostics) {
    TreeBuilder builder(source, diagnostics);
    try {
        std::istringstream in{std::string(source.text())};
        YAML::Parser parser(in);
        while (parser.HandleNextDocument(builder)) continue;
    } catch (const Refusal& refusal) {
        diagnostics.error(refusal.at, refusal.message);
        return std::nullopt;
    } catch (const YAML::Exception& error) {
        const Mistake mistake = syntax_mistake(error, source);
        if (!builder.has_mistake_on(mistake.at)) diagnostics.error(mistake.at, mistake.message);
        return std::nullopt;
    }
    return builder.take();
}

}  // namespace weft
