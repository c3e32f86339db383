// Bytes on their way out: small pieces are copied behind each other so that normally one send is
// made, big ones are only referred to and gathered by the kernel.
#pragma once

#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weft {

class Outgoing {
  public:
    // Copying is cheaper than another entry for the kernel up to here, bytes.
    static constexpr std::size_t copy_below = 16 << 10;

    // What is appended here goes out after everything that was added before.
    std::string& text() noexcept { return text_; }
    // A piece of `copy_below` bytes or more must live until everything is sent.
    void add(std::string_view piece);
    bool empty() const noexcept { return text_.empty() && pieces_.empty(); }

    // What is left to send. Nothing is added from here until clear().
    std::span<const boost::asio::const_buffer> buffers();
    void sent(std::size_t bytes) noexcept;
    // Between buffers() and clear().
    bool in_flight() const noexcept { return !buffers_.empty(); }

    // Keeps its memory.
    void clear() noexcept;

  private:
    struct Piece {
        std::size_t at;  // goes out before text_[at]
        std::string_view bytes;
    };

    void lay_out();

    std::string text_;
    std::vector<Piece> pieces_;
    std::vector<boost::asio::const_buffer> buffers_;
    std::size_t next_ = 0;  // the first of buffers_ that is not sent
};

}  // namespace weft
