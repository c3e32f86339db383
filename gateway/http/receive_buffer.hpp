// The one bounded buffer a reader receives into. Consumed bytes at the front are given up lazily,
// so that reading many small messages moves each byte a constant number of times.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace weft {

class ReceiveBuffer {
  public:
    static constexpr std::size_t first_capacity = 8 * 1024;

    // Never holds more than `largest` bytes.
    explicit ReceiveBuffer(std::size_t largest) noexcept : largest_{largest} {}

    // Room after the received bytes. May move them, so no view may be held; empty only if `largest`
    // bytes are held.
    std::span<char> room();
    // Room after the received bytes without moving any; may be empty.
    std::span<char> room_in_place() noexcept;
    void received(std::size_t bytes) noexcept { end_ += bytes; }

    // What has been received and not dropped.
    std::string_view bytes() const noexcept { return {data_.get() + begin_, end_ - begin_}; }
    char* data() noexcept { return data_.get() + begin_; }

    void drop_front(std::size_t bytes) noexcept;
    // Forgets everything from `offset` on.
    void cut(std::size_t offset) noexcept { end_ = begin_ + offset; }
    // Makes `room_in_place` have at least `bytes` (within `largest`). May move the received bytes.
    void reserve_room(std::size_t bytes);
    // Gives the memory back if nothing is held.
    void release() noexcept;

  private:
    void move_to(std::size_t capacity);

    std::unique_ptr<char[]> data_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t largest_;
};

}  // namespace weft
