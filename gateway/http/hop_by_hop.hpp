// Which fields of a message end with this connection (RFC 9110 section 7.6.1): a fixed list, and
// what Connection names.
#pragma once

#include <boost/container/static_vector.hpp>
#include <cstddef>
#include <span>
#include <string_view>

#include "http/fields.hpp"

namespace weft {

// The fixed list: Connection, Keep-Alive, Proxy-Connection, Proxy-Authenticate,
// Proxy-Authorization, TE, Trailer, Transfer-Encoding, Upgrade, HTTP2-Settings.
bool is_hop_by_hop(std::string_view name) noexcept;

// What the Connection fields of one message name. The readers refuse a message that names more than
// `most_options`.
class ConnectionOptions {
  public:
    static constexpr std::size_t most_options = 32;

    ConnectionOptions() = default;
    explicit ConnectionOptions(const Fields& fields) noexcept;

    // The value of one more Connection field.
    void add_list(std::string_view list) noexcept;

    std::span<const std::string_view> names() const noexcept { return names_; }
    bool has(std::string_view name) const noexcept;
    bool has_close() const noexcept { return has_close_; }
    bool has_keep_alive() const noexcept { return has_keep_alive_; }
    // More than `most_options`, or something that is no token.
    bool refused() const noexcept { return refused_; }

    // Whether the field may be passed on to the next hop.
    bool passes(std::string_view name) const noexcept { return !is_hop_by_hop(name) && !has(name); }

  private:
    void add(std::string_view name) noexcept;

    boost::container::static_vector<std::string_view, most_options> names_;
    bool has_close_ = false;
    bool has_keep_alive_ = false;
    bool refused_ = false;
};

}  // namespace weft
