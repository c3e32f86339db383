// Another way to see what locate() calls a duplicate key: a path is compared whole for every member
// of the document.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "json/path.hpp"

namespace weft {

class NamedTwice : public nlohmann::json_sax<nlohmann::json> {
  public:
    explicit NamedTwice(const std::vector<JsonPath>& paths) : paths_{paths} {}

    bool found() const { return found_; }

    bool null() override { return value(); }
    bool boolean(bool) override { return value(); }
    bool number_integer(number_integer_t) override { return value(); }
    bool number_unsigned(number_unsigned_t) override { return value(); }
    bool number_float(number_float_t, const string_t&) override { return value(); }
    bool string(string_t&) override { return value(); }
    bool binary(binary_t&) override { return value(); }
    bool start_object(std::size_t) override { return value() && open(std::string{}); }
    bool start_array(std::size_t) override { return value() && open(before_first); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;
    }
    bool key(string_t& name) override {
        Level& object = levels_.back();
        object.at = name;
        if (named() && !object.names.insert(name).second) found_ = true;
        return true;
    }

  private:
    static constexpr std::size_t before_first = static_cast<std::size_t>(-1);

    struct Level {
        std::variant<std::string, std::size_t> at;
        std::set<std::string> names;  // those that a path names
    };

    bool value() {
        if (levels_.empty()) return true;
        if (auto* const index = std::get_if<std::size_t>(&levels_.back().at)) ++*index;
        return true;
    }
    bool open(std::variant<std::string, std::size_t> at) {
        levels_.push_back({std::move(at), {}});
        return true;
    }
    bool close() {
        levels_.pop_back();
        return true;
    }

    static bool matches(const Level& level, const PathSegment& segment) {
        if (const auto* name = std::get_if<std::string>(&level.at)) {
            return segment == PathSegment{MemberName{*name}};
        }
        const std::size_t index = std::get<std::size_t>(level.at);
        return segment == PathSegment{EveryElement{}} ||
               segment == PathSegment{ElementIndex{static_cast<std::uint32_t>(index)}};
    }
    // Whether a path begins with where we are.
    bool named() const {
        for (const JsonPath& path : paths_) {
            if (path.size() < levels_.size()) continue;
            if (std::equal(levels_.begin(), levels_.end(), path.begin(), matches)) return true;
        }
        return false;
    }

    const std::vector<JsonPath>& paths_;
    std::vector<Level> levels_;
    bool found_ = false;
};

}  // namespace weft
