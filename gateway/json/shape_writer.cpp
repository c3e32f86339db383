#include "json/shape_writer.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "json/locate.hpp"
#include "json/scan.hpp"
#include "json/skip.hpp"
#include "json/text.hpp"

namespace weft {

namespace {

std::string_view between(const char* begin, const char* end) noexcept {
    return {begin, static_cast<std::size_t>(end - begin)};
}

struct Member {
    const char* key;  // its name, with the quotes
    const char* key_end;
    const char* value;
    const char* behind;                // the value's end; null where nobody has looked for it yet
    const ShapeNode::Member* mention;  // null if the shape does not mention it
};

class ShapedText {
  public:
    ShapedText(std::string_view value, const Shape& shape, const ShapedPart& write) noexcept
        : end_{value.data() + value.size()}, shape_{shape}, write_{write} {}

    // Returns the value's end. Recursive with the arrays and objects that are open.
    const char* value(const char* at, ShapeNodeId place, std::size_t depth) {
        if (place == shape_everything) {
            const char* const behind = skip_value(at, end_);
            keep(at, behind);
            return behind;
        }
        const ShapeNode& node = shape_.node(place);
        if (depth < max_json_depth && *at == '{') return object(at, node, depth);
        if (depth < max_json_depth && *at == '[') return array(at, place, depth);
        const char* const behind = skip_value(at, end_);
        if (node.rest() == shape_nothing) {
            put("null");
        } else {
            keep(at, behind);
        }
        return behind;
    }

    void flush() {
        if (begin_ != behind_) write_(between(begin_, behind_));
        begin_ = behind_;
    }

  private:
    // An object that is being written.
    struct Frame {
        const ShapeNode& node;
        std::size_t depth;
        const char* from;      // behind what was read of it before the next member
        std::size_t present;   // where its part of present_ begins
        bool is_first = true;  // nothing of it is kept yet
    };

    // What stands together in the source goes out together.
    void keep(const char* from, const char* to) {
        if (from != behind_) {
            flush();
            begin_ = from;
        }
        behind_ = to;
    }

    void put(std::string_view text) {
        flush();
        write_(text);
    }

    const char* array(const char* at, ShapeNodeId place, std::size_t depth) {
        const char* from = at;
        at = skip_space(at + 1, end_);
        while (at != end_ && *at != ']') {
            keep(from, at);
            from = value(at, place, depth + 1);
            const char* const next = skip_separator(from);
            if (next == at) break;
            at = next;
        }
        return close(from, at);
    }

    const char* object(const char* at, const ShapeNode& node, std::size_t depth) {
        Frame frame{node, depth, at + 1, present_.size()};
        if (node.renames()) present_.resize(frame.present + node.members().size());
        keep(at, at + 1);
        at = skip_space(at + 1, end_);
        while (at != end_ && *at != '}') {
            const Member member = read_member(at, frame);
            if (is_undecided(member, frame)) {
                at = write_rest(at, frame);
                break;
            }
            at = write_member(member, frame);
        }
        present_.resize(frame.present);
        return close(frame.from, at);
    }

    // At the opening quote of its name.
    Member read_member(const char* at, const Frame& frame) {
        const ShapeNode& node = frame.node;
        Member member{at, find_string_end(at + 1, end_), nullptr, nullptr, nullptr};
        if (member.key_end != end_ && *member.key_end == '"') {
            member.mention = node.find(between(at + 1, member.key_end));
            ++member.key_end;
        } else {
            member.key_end = skip_escaped_string(member.key_end, end_);
            const auto name = decode_json_string(between(at, member.key_end));
            if (name) member.mention = node.find(*name);
        }
        if (node.renames() && member.mention != nullptr) {
            present_[frame.present + node.index_of(*member.mention)] = 1;
        }
        member.value = skip_colon(member.key_end);
        return member;
    }

    bool gives_way(const Member& member, const Frame& frame) const {
        return member.mention != nullptr && member.mention->replaced_by != ShapeNode::by_none &&
               present_[frame.present + member.mention->replaced_by] != 0;
    }

    // Whether what it would give way to may still come.
    bool is_undecided(const Member& member, const Frame& frame) const {
        return member.mention != nullptr && member.mention->replaced_by != ShapeNode::by_none &&
               !gives_way(member, frame);
    }

    // Reads all members from `at` on before the first of them is written.
    const char* write_rest(const char* at, Frame& frame) {
        const std::size_t first = ahead_.size();
        while (at != end_ && *at != '}') {
            Member member = read_member(at, frame);
            if (member.value == end_) break;
            member.behind = skip_value(member.value, end_);
            at = skip_separator(member.behind);
            ahead_.push_back(member);
        }
        for (std::size_t i = first; i != ahead_.size(); ++i) {
            const Member member = ahead_[i];
            write_member(member, frame);
        }
        ahead_.resize(first);
        return at;
    }

    // Returns where the next one begins.
    const char* write_member(const Member& member, Frame& frame) {
        if (member.value == end_) return end_;
        ShapeNodeId place = member.mention == nullptr ? frame.node.rest() : member.mention->child;
        if (gives_way(member, frame)) place = shape_nothing;
        if (place == shape_nothing) {
            const char* const behind = end_of(member);
            const char* const next = skip_separator(behind);
            // The comma goes with it where no member stands before it.
            frame.from = frame.is_first ? next : behind;
            return next;
        }
        keep(frame.from, member.key);
        write_name(member);
        keep(member.key_end, member.value);
        if (place == shape_everything) {
            frame.from = end_of(member);
            keep(member.value, frame.from);
        } else {
            frame.from = value(member.value, place, frame.depth + 1);
        }
        frame.is_first = false;
        return skip_separator(frame.from);
    }

    const char* end_of(const Member& member) const noexcept {
        return member.behind != nullptr ? member.behind : skip_value(member.value, end_);
    }

    void write_name(const Member& member) {
        if (member.mention == nullptr || member.mention->renamed_to.empty()) {
            keep(member.key, member.key_end);
        } else {
            put(member.mention->renamed_to);
        }
    }

    // The closing bracket, with the white space before it.
    const char* close(const char* from, const char* at) {
        const char* const behind = at == end_ ? end_ : at + 1;
        keep(from, behind);
        return behind;
    }

    const char* skip_separator(const char* at) const noexcept {
        at = skip_space(at, end_);
        return at != end_ && *at == ',' ? skip_space(at + 1, end_) : at;
    }

    const char* skip_colon(const char* at) const noexcept {
        at = skip_space(at, end_);
        return at != end_ && *at == ':' ? skip_space(at + 1, end_) : at;
    }

    const char* const end_;
    const Shape& shape_;
    const ShapedPart& write_;
    const char* begin_ = nullptr;  // what is kept and not written yet
    const char* behind_ = nullptr;
    // Of the open objects in which a member may be replaced: a byte for each member of the node.
    std::vector<std::uint8_t> present_;
    std::vector<Member> ahead_;  // of such objects: what is read and not written yet
};

}  // namespace

void write_shaped(
    std::string_view value, const Shape& shape, ShapeNodeId at, const ShapedPart& write
) {
    if (value.empty()) return;
    if (at == shape_nothing) return write("null");
    ShapedText text{value, shape, write};
    text.value(value.data(), at, 0);
    text.flush();
}

}  // namespace weft
