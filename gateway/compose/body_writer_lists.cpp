// The part of the body's writer that knows lists of which elements may be left out.
#include <algorithm>
#include <functional>
#include <utility>

#include "compose/body_writer.hpp"
#include "compose/pointer_step.hpp"

namespace weft {

class BodyWriter::ArrayWriter {
  public:
    // `lost`: what stands at the array's own place already; outlives this.
    ArrayWriter(BodyWriter& writer, const Parts& lost) : writer_{writer}, lost_before_{lost} {
        writer_.pieces_.append("[");
    }

    // `write` writes the next element, or drops it.
    template <class Write>
    void add(Write write) {
        const Losses losses = writer_.losses();
        const Pieces::Mark before = writer_.pieces_.mark();
        // The index in the answer, where elements before it may have been left out.
        const PointerStep step{writer_.pointer_, std::to_string(elements_)};
        if (elements_ > 0) writer_.pieces_.append(",");
        if (write() == Written::yes) {
            ++elements_;
            return;
        }
        writer_.pieces_.rewind(before);
        for (const Part* part : writer_.take_back(losses)) lost_.insert(part);
    }

    // What the elements lost that are not there, the list has lost.
    void end() {
        writer_.pieces_.append("]");
        writer_.note_failures({lost_.begin(), lost_.end()}, lost_before_);
    }

  private:
    BodyWriter& writer_;
    const Parts& lost_before_;
    std::size_t elements_ = 0;
    std::unordered_set<const Part*> lost_;
};

BodyWriter::Parts BodyWriter::take_back(const Losses& before) {
    const auto first = noted_.begin() + static_cast<std::ptrdiff_t>(before.noted);
    Parts taken{first, noted_.end()};
    noted_.erase(first, noted_.end());
    errors_.rewind(before.entries);
    return taken;
}

// One entry for each, in the order of the steps and their results.
void BodyWriter::note_failures(Parts parts, const Parts& noted) {
    const auto is_before = [](const Part* a, const Part* b) {
        return a->step != b->step ? a->step < b->step : std::less<>{}(a, b);
    };
    std::ranges::sort(parts, is_before);
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    for (const Part* part : parts) {
        if (std::ranges::find(noted, part) == noted.end()) note_failure(*part);
    }
}

BodyWriter::Written BodyWriter::write_array(const BodyNode& node) {
    const Parts nothing;
    ArrayWriter array{*this, nothing};
    for (const BodyNode& child : node.children) {
        if (stopped()) break;
        array.add([&] { return write_node(child); });
    }
    array.end();
    return Written::yes;
}

BodyWriter::Written BodyWriter::write_each(const BodyNode& node) {
    const Each& each = *node.each;
    const auto first = static_cast<std::ptrdiff_t>(noted_.size());
    note_losses(each.list);
    const Parts lost{noted_.begin() + first, noted_.end()};
    // The losses of a function's arguments stand at the list already.
    const bool is_function = std::holds_alternative<FunctionCall>(each.list.form);
    if (is_function) {
        // One of its lists may be none, behind others that have elements.
        const auto pass = [this](const Value&) { return !stopped(); };
        const ListEnd end = visit_items(each.list, scope_, pass);
        if (end.kind != ListKind::list) return write_no_list(each, end);
    }
    const Pieces::Mark before = pieces_.mark();
    std::size_t index = 0;
    ArrayWriter array{*this, lost};
    const auto write = [&](Value&& value) {
        if (is_function) value.result = nullptr;
        array.add([&] { return write_value_of(node, {std::move(value), nullptr, index++}); });
        return !stopped();
    };
    // scope_ gets the elements while the list is visited, to which they are not known.
    const Scope around = scope_;
    const ListEnd end = visit_items(each.list, around, write);
    array.end();
    if (end.kind == ListKind::list) return Written::yes;
    pieces_.rewind(before);
    return write_no_list(each, end);
}

BodyWriter::Written BodyWriter::write_no_list(const Each& each, const ListEnd& end) {
    const bool is_missing = end.kind == ListKind::absent || end.kind == ListKind::unavailable;
    if (is_missing && each.droppable) return Written::dropped;
    if (end.kind != ListKind::absent) return write_value(each.list, value_of(end));
    pieces_.append("[]");
    return Written::yes;
}

BodyWriter::Written BodyWriter::write_value_of(const BodyNode& node, Item element) {
    const Each& each = *node.each;
    const std::size_t level = elements_.size();
    element.reads = &each.reads;
    if (element.value.kind == ValueKind::json && reads_members(each.reads)) {
        // Loops around that read nothing of their elements have put none there.
        while (located_.size() <= level) located_.push_back(std::make_unique<Located>());
        Located& located = *located_[level];
        locate(element.value.json.text, each.reads, located);
        // It was validated with its document.
        if (!located.ok()) {
            fail(each.list, FailureKind::json);
            return Written::dropped;
        }
        element.located = &located;
    }
    elements_.push_back(std::move(element));
    scope_.elements = elements_;
    scope_.effort = &effort_;
    const Written written = write_node(node.children.front());
    elements_.pop_back();
    scope_.elements = elements_;
    if (elements_.empty()) scope_.effort = nullptr;
    return written;
}

}  // namespace weft
