// The YAML reader: every mistake and every value has a place inside the file, and what the file
// holds is bounded, aliases followed.
#include <cstddef>
#include <string>
#include <string_view>

#include "config/diagnostics.hpp"
#include "config/source_text.hpp"
#include "config/yaml_digest.hpp"
#include "config/yaml_tree.hpp"
#include "fuzz/diagnostics_check.hpp"
#include "fuzz/target.hpp"

namespace weft::fuzz {

// yaml-cpp's tokens and a tree of up to 100'000 values; a file has at most 1 MiB.
const Budget budget{.memory = 8 << 20, .memory_per_byte = 2000, .microseconds_per_byte = 100};

namespace {

constexpr std::size_t most_levels = 64;
constexpr std::size_t most_values = 100'000;

class TreeCheck {
  public:
    explicit TreeCheck(std::string_view text) : text_{text} {}

    void visit(const YamlNode& node, std::size_t level) {
        require(++values_ <= 2 * most_values, "a bounded number of values");
        require(level <= most_levels, "a bounded depth");
        if (values_ < most_places) require(is_inside(node.at, text_), "the place of a value");
        for (const YamlNode* item : node.items) visit(*item, level + 1);
        for (const YamlMember& member : node.members) visit(*member.value, level + 1);
        require(node.kind == YamlNodeKind::list || node.items.empty(), "only lists have items");
        require(node.kind == YamlNodeKind::map || node.members.empty(), "only maps have members");
    }

  private:
    // Looking for a line is slow here.
    static constexpr std::size_t most_places = 200;

    std::string_view text_;
    std::size_t values_ = 0;
};

}  // namespace

void run(std::string_view bytes) {
    Diagnostics diagnostics;
    const std::uint16_t file = diagnostics.add_file("r.yaml");
    const auto source = SourceText::check(std::string{bytes}, file, diagnostics);
    require(source || diagnostics.has_errors(), "a file that is refused has a mistake");
    if (source) {
        const auto tree = parse_yaml(*source, diagnostics);
        require(tree || diagnostics.has_errors(), "YAML that is refused has a mistake");
        if (tree && tree->root != nullptr) {
            TreeCheck{bytes}.visit(*tree->root, 0);
            require(digest(*tree->root) == digest(*tree->root), "the digest is the same again");
        }
    }
    require_sound(diagnostics, bytes);
}

}  // namespace weft::fuzz
