#include "config/yaml_digest.hpp"

namespace weft {
namespace {

// FNV-1a, 64 bits.
class Fnv {
  public:
    void add(std::uint64_t number) noexcept {
        for (int shift = 0; shift < 64; shift += 8) add_byte((number >> shift) & 0xff);
    }
    void add(const std::string& text) noexcept {
        add(text.size());
        for (const char c : text) add_byte(static_cast<unsigned char>(c));
    }
    void add(const YamlNode& node) noexcept {
        add(static_cast<std::uint64_t>(node.kind) << 1 | (node.plain ? 1 : 0));
        add(node.scalar);
        add(node.items.size());
        for (const YamlNode* item : node.items) add(*item);
        add(node.members.size());
        for (const YamlMember& member : node.members) {
            add(member.key.value);
            add(*member.value);
        }
    }
    std::uint64_t value() const noexcept { return value_; }

  private:
    void add_byte(std::uint64_t byte) noexcept { value_ = (value_ ^ byte) * 0x100000001b3; }

    std::uint64_t value_ = 0xcbf29ce484222325;
};

}  // namespace

std::uint64_t digest(const YamlNode& node) noexcept {
    Fnv fnv;
    fnv.add(node);
    return fnv.value();
}

}  // namespace weft
