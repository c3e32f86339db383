#include "json/located.hpp"

#include <algorithm>

namespace weft {

namespace {

// Beyond this many values of one path their memory is given back, so that one big body does not
// stay paid for.
constexpr std::size_t kept_values = 4096;

}  // namespace

LocatedValues Located::at(PathId path) const noexcept {
    if (path >= found_.size()) return {};
    return {text_, found_[path]};
}

bool Located::not_a_list(PathId path) const noexcept {
    return path < not_lists_.size() && not_lists_[path] != 0;
}

void Located::reset(std::string_view text, const PathSet& paths) {
    error = JsonError::none;
    error_offset = 0;
    root = {};
    text_ = text.data();
    for (auto& values : found_) {
        values.clear();
        if (values.capacity() > kept_values) values.shrink_to_fit();
    }
    if (found_.size() < paths.size()) found_.resize(paths.size());
    any_no_array_ = false;
    matches_.clear();
    not_lists_.clear();
    if (paths.size() == 0) return;
    met_in_.assign(paths.nodes().size(), 0);
    no_array_.assign(paths.nodes().size(), 0);
    not_lists_.assign(paths.size(), 0);
}

void Located::fail(JsonError why, std::size_t offset) noexcept {
    error = why;
    error_offset = offset;
    for (auto& values : found_) values.clear();
}

}  // namespace weft
